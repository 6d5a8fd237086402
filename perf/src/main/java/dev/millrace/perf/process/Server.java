package dev.millrace.perf.process;

import java.net.URI;
import java.time.Duration;

/**
 * A program that listens on 127.0.0.1. Owned by its {@link Bench}.
 *
 * @param url without a path
 */
public record Server(Program program, URI url) {
  private static final Duration LOOK = Duration.ofMillis(100);

  public int port() {
    return url.getPort();
  }

  /** The URL of something that it serves. */
  public URI url(String path) {
    return url.resolve(path);
  }

  /** Waits until a path answers 200; fails with the end of its log when it does not in time. */
  public Server awaitReady(String path) throws InterruptedException {
    program.awaitReady(url(path), LOOK);
    return this;
  }
}
