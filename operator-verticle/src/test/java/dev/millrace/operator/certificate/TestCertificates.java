package dev.millrace.operator.certificate;

import io.vertx.core.buffer.Buffer;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Certificates for servers on loopback; any thread. */
public final class TestCertificates {
  private TestCertificates() {}

  /** One of an authority of its own. */
  public static ServingCertificate make() {
    try {
      Map<String, String> made =
          new KeptCertificates(List.of("127.0.0.1"), Clock.systemUTC()).renew(Map.of());
      return new ServingCertificate(
          Buffer.buffer(made.get(KeptCertificates.CHAIN)),
          Buffer.buffer(made.get(KeptCertificates.KEY)),
          Buffer.buffer(made.get(KeptCertificates.AUTHORITIES)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
