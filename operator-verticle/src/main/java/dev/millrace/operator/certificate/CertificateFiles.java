package dev.millrace.operator.certificate;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A certificate that somebody else puts into a directory, as cert-manager and mounted secrets do:
 * {@code tls.crt} and {@code tls.key}. Blocks its thread. Who calls the webhook learns from
 * somebody else, too, whom to trust.
 */
public final class CertificateFiles implements Certificates {
  private static final long LARGEST = 1 << 20;

  private final Path directory;

  /** Of a directory. */
  public CertificateFiles(Path directory) {
    this.directory = Objects.requireNonNull(directory);
  }

  @Override
  public ServingCertificate current() throws CertificateException {
    Buffer chain = read("tls.crt");
    Buffer key = read("tls.key");
    Pem.certificates(chain.toString(), directory.resolve("tls.crt").toString());
    Pem.privateKey(key.toString(), directory.resolve("tls.key").toString());
    return new ServingCertificate(chain, key, null);
  }

  private Buffer read(String name) throws CertificateException {
    Path file = directory.resolve(name);
    try {
      if (Files.size(file) > LARGEST) {
        throw new CertificateException(file + " is larger than " + LARGEST + " bytes", null);
      }
      return Buffer.buffer(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new CertificateException(
          file + " cannot be read; the directory needs tls.crt and tls.key", unreadable);
    }
  }
}
