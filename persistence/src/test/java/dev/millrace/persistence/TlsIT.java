package dev.millrace.persistence;

import static dev.millrace.persistence.Futures.await;
import static dev.millrace.persistence.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The URL's {@code sslmode} against a server that speaks TLS under the name of localhost. */
class TlsIT {
  @TempDir Path directory;

  private final Vertx vertx = Vertx.vertx();

  @Test
  void eachModeTrustsWhatItSays() throws Exception {
    Path certificate = directory.resolve("server.crt");
    Path stranger = directory.resolve("stranger.crt");
    certificate(certificate, directory.resolve("server.key"));
    certificate(stranger, directory.resolve("stranger.key"));
    try (EmbeddedDatabase server =
        EmbeddedDatabase.start(directory.resolve("data"), TestDatabase.BINARIES)) {
      for (String setting :
          new String[] {
            "ssl_cert_file = '" + certificate + "'",
            "ssl_key_file = '" + directory.resolve("server.key") + "'",
            "ssl = on"
          }) {
        TestDatabase.executeIn(server.url(), "alter system set " + setting);
      }
      TestDatabase.executeIn(server.url(), "select pg_reload_conf()");

      String trusted = certificate.toString();
      assertThat(await(open(server, "localhost", Map.of("sslmode", "disable")))).isTrue();
      assertThat(await(open(server, "127.0.0.1", Map.of("sslmode", "prefer")))).isTrue();
      assertThat(await(open(server, "127.0.0.1", Map.of("sslmode", "require")))).isTrue();
      assertThat(
              await(
                  open(
                      server, "127.0.0.1", Map.of("sslmode", "verify-ca", "sslrootcert", trusted))))
          .isTrue();
      assertThat(
              await(
                  open(
                      server,
                      "localhost",
                      Map.of("sslmode", "verify-full", "sslrootcert", trusted))))
          .isTrue();
      assertThat(
              failureOf(
                  open(
                      server,
                      "127.0.0.1",
                      Map.of("sslmode", "verify-full", "sslrootcert", trusted))))
          .isNotNull();
      assertThat(
              failureOf(
                  open(
                      server,
                      "localhost",
                      Map.of("sslmode", "verify-ca", "sslrootcert", stranger.toString()))))
          .isNotNull();
    }
    await(vertx.close());
  }

  private Future<Boolean> open(
      EmbeddedDatabase server, String host, Map<String, String> parameters) {
    DatabaseUrl plain = server.url();
    DatabaseUrl url =
        new DatabaseUrl(
            host, plain.port(), plain.database(), plain.user(), plain.password(), parameters);
    return io.vertx.pgclient.PgConnection.connect(vertx, url.options())
        .compose(
            connection ->
                connection
                    .query("select ssl from pg_stat_ssl where pid = pg_backend_pid()")
                    .execute()
                    .map(
                        rows ->
                            rows.iterator().next().getBoolean(0)
                                != "disable".equals(parameters.get("sslmode")))
                    .eventually(connection::close));
  }

  /** A self-signed certificate of localhost, as the JDK's own tool makes it. */
  private static void certificate(Path certificate, Path key) throws Exception {
    Path store = certificate.resolveSibling(certificate.getFileName() + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                "password",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance(store.toFile(), "password".toCharArray());
    write(certificate, "CERTIFICATE", keys.getCertificate("server").getEncoded());
    write(key, "PRIVATE KEY", keys.getKey("server", "password".toCharArray()).getEncoded());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
  }

  private static void write(Path file, String kind, byte[] content) throws IOException {
    Files.writeString(
        file,
        "-----BEGIN "
            + kind
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
            + "\n-----END "
            + kind
            + "-----\n");
  }
}
