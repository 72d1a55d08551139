package newswire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTests {
    @TempDir
    private Path parent;

    @Test
    void belongsToOneAtATime() {
        var folder = parent.resolve("data");
        try (var _ = DataFolder.open(folder)) {
            assertThatThrownBy(() -> DataFolder.open(folder))
                    .isInstanceOfSatisfying(
                            StartupException.class,
                            ex -> assertThat(ex.exitCode()).isEqualTo(ExitCode.IN_USE))
                    .hasMessageContaining("Another Newswire works on the data folder " + folder);
        }
        DataFolder.open(folder).close();
    }

    @Test
    void isItsUsersOwn() throws IOException {
        try (var data = DataFolder.open(parent.resolve("data"))) {
            assertThat(Files.getPosixFilePermissions(data.path()).toString()).doesNotContain("GROUP", "OTHERS");
        }
    }

    @Test
    void keepsItsPasswordAndItsPorts() {
        int free = DataFolder.anyFreePort();
        String password;
        try (var data = DataFolder.open(parent.resolve("data"))) {
            password = data.secret("postgres");
            assertThat(data.port("kafka", free)).isEqualTo(free);
        }
        try (var data = DataFolder.open(parent.resolve("data"))) {
            assertThat(data.secret("postgres")).isEqualTo(password).hasSize(48);
            assertThat(data.port("kafka", 1)).isEqualTo(free);
        }
    }

    @Test
    void takesAnotherPortWhereOneIsTaken() throws IOException {
        try (var data = DataFolder.open(parent.resolve("data"));
                var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(data.port("kafka", taken.getLocalPort())).isNotEqualTo(taken.getLocalPort());
        }
    }
}
