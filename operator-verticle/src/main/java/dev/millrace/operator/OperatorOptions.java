package dev.millrace.operator;

import dev.millrace.operator.webhook.WebhookOptions;
import java.time.Duration;
import java.util.Objects;

/**
 * How the operator runs; immutable.
 *
 * @param httpHost where health and metrics are served
 * @param httpPort 0 for any free one
 * @param namespace of its Lease
 * @param identity tells this replica from the others
 * @param certificateCheck how often the certificate is looked at
 * @param certificateWithin how long the start waits for an API server that cannot be reached
 */
public record OperatorOptions(
    String httpHost,
    int httpPort,
    WebhookOptions webhook,
    String namespace,
    String identity,
    Duration certificateCheck,
    Duration certificateWithin) {
  /** Of a certificate that was renewed, all replicas hear within this time. */
  public static final Duration CERTIFICATE_CHECK = Duration.ofSeconds(10);

  /** An API server that is updated is back sooner; after that, a restart may help. */
  public static final Duration CERTIFICATE_WITHIN = Duration.ofMinutes(5);

  public OperatorOptions {
    Objects.requireNonNull(httpHost);
    Objects.requireNonNull(webhook);
    Objects.requireNonNull(namespace);
    Objects.requireNonNull(identity);
    Objects.requireNonNull(certificateCheck);
    Objects.requireNonNull(certificateWithin);
  }
}
