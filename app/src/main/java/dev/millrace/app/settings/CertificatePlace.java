package dev.millrace.app.settings;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the webhook's certificate comes from; immutable.
 *
 * @param directory empty where the operator makes it for itself
 */
public record CertificatePlace(Optional<Path> directory) {
  static final String SELF_SIGNED = "self-signed";

  public CertificatePlace {
    Objects.requireNonNull(directory);
  }
}
