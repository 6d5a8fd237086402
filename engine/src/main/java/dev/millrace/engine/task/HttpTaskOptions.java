package dev.millrace.engine.task;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.time.Duration;
import java.util.Objects;

/**
 * The bounds of one event loop's HTTP calls; every one of them is finite.
 *
 * @param maxConnectionsPerHost connections to one scheme, host and port
 * @param maxWaiting calls that may wait for a connection to one host, beyond those that have one
 * @param idleTimeout how long an unused connection is kept; kept shorter than what common servers
 *     do (5 s), because a call that meets a connection in the moment of its closing is lost
 * @param connectTimeout how long making a connection may take
 * @param maxResponseBytes size of an answer's body, after decompression
 * @param maxHeaderBytes size of an answer's headers
 */
public record HttpTaskOptions(
    int maxConnectionsPerHost,
    int maxWaiting,
    Duration idleTimeout,
    Duration connectTimeout,
    int maxResponseBytes,
    int maxHeaderBytes) {
  /** What a gateway uses when nothing else is set. */
  public static final HttpTaskOptions DEFAULT =
      new HttpTaskOptions(
          256, 4096, Duration.ofSeconds(4), Duration.ofSeconds(5), 10 * 1024 * 1024, 32 * 1024);

  public HttpTaskOptions {
    atLeast("maxConnectionsPerHost", maxConnectionsPerHost, 1);
    atLeast("maxWaiting", maxWaiting, 0);
    atLeast("maxResponseBytes", maxResponseBytes, 1);
    atLeast("maxHeaderBytes", maxHeaderBytes, 256);
    Objects.requireNonNull(idleTimeout);
    Objects.requireNonNull(connectTimeout);
    atLeast("idleTimeout in seconds", idleTimeout.toSeconds(), 1);
    atLeast("connectTimeout in milliseconds", connectTimeout.toMillis(), 1);
  }

  private static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + " must be at least " + least + ", but is " + value + "; choose a larger value");
    }
  }

  /** With another limit for an answer's body. */
  public HttpTaskOptions withMaxResponseBytes(int bytes) {
    return new HttpTaskOptions(
        maxConnectionsPerHost, maxWaiting, idleTimeout, connectTimeout, bytes, maxHeaderBytes);
  }

  /** With another pool. */
  public HttpTaskOptions withPool(int connectionsPerHost, int waiting) {
    return new HttpTaskOptions(
        connectionsPerHost, waiting, idleTimeout, connectTimeout, maxResponseBytes, maxHeaderBytes);
  }

  HttpClientOptions client() {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setKeepAlive(true)
        .setKeepAliveTimeout(Math.toIntExact(idleTimeout.toSeconds()))
        .setPipelining(false)
        .setConnectTimeout(Math.toIntExact(connectTimeout.toMillis()))
        .setSslHandshakeTimeout(connectTimeout.toSeconds() + 1)
        .setDecompressionSupported(false)
        .setMaxHeaderSize(maxHeaderBytes)
        .setTcpNoDelay(true)
        .setVerifyHost(true)
        .setTracingPolicy(TracingPolicy.IGNORE);
  }

  PoolOptions pool() {
    return new PoolOptions()
        .setHttp1MaxSize(maxConnectionsPerHost)
        .setMaxWaitQueueSize(maxWaiting)
        .setCleanerPeriod(1000);
  }
}
