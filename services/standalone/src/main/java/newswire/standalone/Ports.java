package newswire.standalone;

/**
 * Where the services listen, on loopback.
 *
 * @param store API and pages
 * @param fetcher WebSub and actuator
 * @param normalizer actuator
 */
record Ports(int store, int fetcher, int normalizer) {
    private static final int PREFERRED = 8080;

    /** The usual ports, or free ones where those are taken. */
    static Ports any() {
        return from(DataFolder.isFree(PREFERRED) ? PREFERRED : DataFolder.anyFreePort());
    }

    /** @throws StartupException if that very port is taken */
    static Ports wanted(int store) {
        if (!DataFolder.isFree(store)) {
            throw new StartupException(
                    ExitCode.IN_USE,
                    "Port %d is taken by another process. Name another with --port N.".formatted(store));
        }
        return from(store);
    }

    private static Ports from(int store) {
        return new Ports(store, next(store + 1), next(store + 2));
    }

    private static int next(int port) {
        return port <= 65_535 && DataFolder.isFree(port) ? port : DataFolder.anyFreePort();
    }
}
