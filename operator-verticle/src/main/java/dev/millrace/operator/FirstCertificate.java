package dev.millrace.operator;

import dev.millrace.operator.certificate.CertificateException;
import dev.millrace.operator.certificate.Certificates;
import dev.millrace.operator.certificate.ServingCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the certificate that the webhook begins with while the API server cannot be reached;
 * used once by the operator's verticle, on its context.
 */
final class FirstCertificate {
  private static final Logger LOG = LoggerFactory.getLogger(FirstCertificate.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(500);
  private static final Duration LAST_RETRY = Duration.ofSeconds(15);

  private final Vertx vertx;
  private final WorkerExecutor worker;
  private final Certificates certificates;
  private final long until;

  /**
   * Makes it.
   *
   * @param patience how long what may pass is waited for
   */
  FirstCertificate(
      Vertx vertx, WorkerExecutor worker, Certificates certificates, Duration patience) {
    this.vertx = vertx;
    this.worker = worker;
    this.certificates = certificates;
    this.until = System.nanoTime() + patience.toNanos();
  }

  /** Fails at once where waiting does not help. */
  Future<ServingCertificate> get() {
    return get(FIRST_RETRY);
  }

  private Future<ServingCertificate> get(Duration pause) {
    return worker
        .executeBlocking(certificates::current)
        .recover(
            failure -> {
              boolean passes =
                  failure instanceof CertificateException certificate && certificate.mayPass();
              if (!passes || System.nanoTime() + pause.toNanos() - until > 0) {
                return Future.failedFuture(failure);
              }
              LOG.atWarn()
                  .addKeyValue("reason", failure.getMessage())
                  .addKeyValue("againInMs", pause.toMillis())
                  .log("There is no certificate for the webhook yet; trying again");
              Duration next = pause.multipliedBy(2);
              return vertx
                  .timer(pause.toMillis())
                  .compose(elapsed -> get(next.compareTo(LAST_RETRY) < 0 ? next : LAST_RETRY));
            });
  }
}
