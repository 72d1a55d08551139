package newswire.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * All that stays between two runs, owned by one process at a time and readable by its user only: the broker's and the
 * database's files, the ports they were given, the database's password, the log.
 */
final class DataFolder implements AutoCloseable {
    private static final String SETTINGS = "settings.properties";

    private final Path path;
    private final FileChannel lockFile;
    private final Properties settings;

    private DataFolder(Path path, FileChannel lockFile, Properties settings) {
        this.path = path;
        this.lockFile = lockFile;
        this.settings = settings;
    }

    /** Makes the folder if need be and takes it. @throws StartupException if it cannot be made, or another process has it */
    static DataFolder open(Path folder) {
        var path = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            keepPrivate(path);
            var lockFile = FileChannel.open(
                    path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (lock(lockFile) == null) {
                lockFile.close();
                throw new StartupException(
                        ExitCode.IN_USE,
                        "Another Newswire works on the data folder %s. Stop it first, or name another with --data DIR."
                                .formatted(path));
            }
            return new DataFolder(path, lockFile, read(path.resolve(SETTINGS)));
        } catch (IOException ex) {
            throw new StartupException("The data folder %s cannot be used: %s".formatted(path, ex), ex);
        }
    }

    /**
     * The address of the broker that another process runs on a folder.
     *
     * @throws StartupException if none does
     */
    static String brokerOf(Path folder) {
        var path = folder.toAbsolutePath().normalize();
        try {
            var port = read(path.resolve(SETTINGS)).getProperty("kafka.port");
            if (port != null && isTaken(path.resolve("lock"))) {
                return "127.0.0.1:" + port;
            }
        } catch (IOException ex) {
            throw new StartupException("The data folder %s cannot be read: %s".formatted(path, ex), ex);
        }
        throw new StartupException(
                ExitCode.FAILED,
                "No Newswire works on the data folder %s. Start it, name another with --data DIR, or the broker with --bootstrap-servers."
                        .formatted(path));
    }

    private static boolean isTaken(Path lock) throws IOException {
        if (!Files.exists(lock)) {
            return false;
        }
        try (var lockFile = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            return lock(lockFile) == null;
        }
    }

    private static void keepPrivate(Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException _) { // held by this very process
            return null;
        }
    }

    private static Properties read(Path file) throws IOException {
        var settings = new Properties();
        if (Files.exists(file)) {
            try (var in = Files.newBufferedReader(file)) {
                settings.load(in);
            }
        }
        return settings;
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** The loopback port of that name: the one of the last run, else the preferred one, else any that is free. */
    synchronized int port(String name, int preferred) {
        int remembered = Integer.parseInt(settings.getProperty(name + ".port", String.valueOf(preferred)));
        int port = isFree(remembered) ? remembered : anyFreePort();
        remember(name + ".port", String.valueOf(port));
        return port;
    }

    /** A random password, the same in every run. */
    synchronized String secret(String name) {
        var known = settings.getProperty(name + ".password");
        if (known != null) {
            return known;
        }
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        var made = HexFormat.of().formatHex(bytes);
        remember(name + ".password", made);
        return made;
    }

    private void remember(String key, String value) {
        if (value.equals(settings.getProperty(key))) {
            return;
        }
        settings.setProperty(key, value);
        try {
            var draft = path.resolve(SETTINGS + ".new");
            try (var out = Files.newBufferedWriter(draft)) {
                settings.store(out, null);
            }
            Files.move(draft, path.resolve(SETTINGS), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException ex) {
            throw new UncheckedIOException("cannot write to '" + path + "'", ex);
        }
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true); // what a killed process left in TIME_WAIT does not count
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    static int anyFreePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException ex) {
            throw new UncheckedIOException("no free port", ex);
        }
    }

    /** Gives the folder free for another process. */
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException ex) {
            throw new UncheckedIOException("cannot release '" + path + "'", ex);
        }
    }
}
