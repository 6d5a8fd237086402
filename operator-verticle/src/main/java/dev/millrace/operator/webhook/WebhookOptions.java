package dev.millrace.operator.webhook;

import java.time.Duration;
import java.util.Objects;

/**
 * Where the webhook listens and how much it takes; immutable.
 *
 * @param port 0 for any free one
 * @param maxBodyBytes the longest review; the API server takes objects up to 3 MiB, and an update
 *     holds two
 * @param maxWaiting reviews that are judged or wait for it; further ones are refused
 * @param maxWaitingBytes what the bodies of those may take together
 * @param maxConnections further ones are closed at once
 * @param answerWithin the API server waits for 5 s
 * @param threads that judge
 */
public record WebhookOptions(
    String host,
    int port,
    int maxBodyBytes,
    int maxWaiting,
    long maxWaitingBytes,
    int maxConnections,
    Duration bodyWithin,
    Duration answerWithin,
    int threads) {
  public WebhookOptions {
    Objects.requireNonNull(host);
    Objects.requireNonNull(bodyWithin);
    Objects.requireNonNull(answerWithin);
    if (maxBodyBytes < 1 || maxWaiting < 1 || maxConnections < 1 || threads < 1) {
      throw new IllegalArgumentException("every bound of the webhook must be positive");
    }
  }

  /** What a cluster's API servers need, at an address. */
  public static WebhookOptions at(String host, int port) {
    return new WebhookOptions(
        host,
        port,
        8 << 20,
        256,
        32 << 20,
        1_000,
        Duration.ofSeconds(4),
        Duration.ofSeconds(4),
        Math.max(2, Runtime.getRuntime().availableProcessors()));
  }
}
