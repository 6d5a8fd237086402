package dev.millrace.operator.certificate;

import io.vertx.core.buffer.Buffer;
import java.util.Objects;

/**
 * What the webhook serves with, as PEM; immutable. Its text shows nothing of it.
 *
 * @param chain its certificate, and those that lead to the authority
 * @param key its private key
 * @param authorities whom a caller must trust; null where somebody else sees to that
 */
public record ServingCertificate(Buffer chain, Buffer key, Buffer authorities) {
  public ServingCertificate {
    Objects.requireNonNull(chain);
    Objects.requireNonNull(key);
  }

  @Override
  public String toString() {
    return "ServingCertificate";
  }
}
