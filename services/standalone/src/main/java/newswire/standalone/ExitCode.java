package newswire.standalone;

/** What the process returns. 128 + n follows a signal n, as usual; 2 is a wrong command line. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    /** The broker or the database gave up while running: sysexits' EX_SOFTWARE. */
    static final int BROKEN = 70;
    /** Another process has the data folder or the port: sysexits' EX_TEMPFAIL. */
    static final int IN_USE = 75;

    private ExitCode() {}
}
