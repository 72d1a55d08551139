package newswire.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Keys and certificates that {@code keytool} makes in a folder: each in a store of its own, as Kafka wants them, and as PEM. */
record Keys(Path folder) {
    static final String PASSWORD = "changeit";

    /**
     * Makes a key, and a certificate that it signs itself, in the file {@code NAME.crt}.
     *
     * @param host of the certificate, as in {@code ip:127.0.0.1} or {@code dns:localhost}
     */
    void make(String name, String host) throws Exception {
        var keys = List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=" + host);
        keytool(name, name, keys);
        keytool(name, name, List.of("-exportcert", "-rfc", "-file", certificate(name)));
    }

    /** Has whoever uses the store {@code WHO-trusts} trust a certificate. */
    void trust(String who, String whom) throws Exception {
        keytool(who + "-trusts", whom, List.of("-importcert", "-noprompt", "-file", certificate(whom)));
    }

    private String certificate(String name) {
        return folder.resolve(name + ".crt").toString();
    }

    String store(String name) {
        return folder.resolve(name + ".p12").toString();
    }

    /** Writes a key as PEM into {@code NAME.key}, for its owner only. */
    void writeKey(String name) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(Path.of(store(name)))) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            var key = keys.getKey(name, PASSWORD.toCharArray());
            var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
            var file = folder.resolve(name + ".key");
            Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private void keytool(String store, String alias, List<String> arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(arguments);
        command.addAll(Arrays.asList(
                "-alias", alias, "-storetype", "PKCS12", "-keystore", store(store), "-storepass", PASSWORD));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }
}
