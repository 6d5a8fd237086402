package dev.millrace.gateway;

import dev.millrace.gateway.http.HttpLimits;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.Objects;

/**
 * How the gateway listens, and how much it lets callers ask; valid as it stands, immutable.
 *
 * @param port 0 for any free one, which each event loop then has to itself
 * @param maxBodyBytes the longest body of a request
 * @param maxHeaderBytes all headers of a request together
 * @param maxLineBytes the first line of a request, its address included
 * @param maxConnections of one event loop
 * @param bodyTimeout how long a body may take to arrive
 * @param headTimeout how long a new connection may take to bring its first request
 * @param keepAlive how long a connection may be without a request
 * @param shutdownTimeout how long requests in flight may take to end at shutdown
 */
public record GatewayOptions(
    String host,
    int port,
    int maxBodyBytes,
    int maxHeaderBytes,
    int maxLineBytes,
    int maxConnections,
    Duration bodyTimeout,
    Duration headTimeout,
    Duration keepAlive,
    Duration shutdownTimeout) {
  /** What holds where nothing else is said; loopback only. */
  public static final GatewayOptions DEFAULT =
      new GatewayOptions(
          "127.0.0.1",
          8080,
          1 << 20,
          16 << 10,
          8 << 10,
          10_000,
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          Duration.ofSeconds(75),
          Duration.ofSeconds(30));

  public GatewayOptions {
    Objects.requireNonNull(host);
    require(port >= 0 && port <= 65_535, "port must be from 0 to 65535", port);
    require(maxBodyBytes > 0, "maxBodyBytes must be positive", maxBodyBytes);
    require(maxHeaderBytes >= 1_024, "maxHeaderBytes must be at least 1024", maxHeaderBytes);
    require(maxLineBytes >= 256, "maxLineBytes must be at least 256", maxLineBytes);
    require(maxConnections > 0, "maxConnections must be positive", maxConnections);
    requirePositive(bodyTimeout, "bodyTimeout");
    requirePositive(headTimeout, "headTimeout");
    requirePositive(keepAlive, "keepAlive");
    requirePositive(shutdownTimeout, "shutdownTimeout");
  }

  /** The same options, listening elsewhere. */
  public GatewayOptions listeningAt(String otherHost, int otherPort) {
    return new GatewayOptions(
        otherHost,
        otherPort,
        maxBodyBytes,
        maxHeaderBytes,
        maxLineBytes,
        maxConnections,
        bodyTimeout,
        headTimeout,
        keepAlive,
        shutdownTimeout);
  }

  /** The same options with another limit for bodies. */
  public GatewayOptions withMaxBodyBytes(int bytes) {
    return new GatewayOptions(
        host,
        port,
        bytes,
        maxHeaderBytes,
        maxLineBytes,
        maxConnections,
        bodyTimeout,
        headTimeout,
        keepAlive,
        shutdownTimeout);
  }

  /** The same options with another patience at shutdown. */
  public GatewayOptions withShutdownTimeout(Duration timeout) {
    return new GatewayOptions(
        host,
        port,
        maxBodyBytes,
        maxHeaderBytes,
        maxLineBytes,
        maxConnections,
        bodyTimeout,
        headTimeout,
        keepAlive,
        timeout);
  }

  HttpLimits limits() {
    return new HttpLimits(
        maxBodyBytes,
        bodyTimeout.toMillis(),
        headTimeout.toMillis(),
        keepAlive.toMillis(),
        maxConnections);
  }

  /**
   * The server's options. There is no idle timeout: it would cut off callers that wait for a long
   * execution; the {@link dev.millrace.gateway.http.ConnectionWatch} bounds what idles instead. The
   * upgrade to HTTP/2 is off because with it a connection shows itself only once its first bytes
   * are there, too late for the watch.
   */
  HttpServerOptions serverOptions() {
    return new HttpServerOptions()
        .setHost(host)
        .setPort(port)
        .setMaxHeaderSize(maxHeaderBytes)
        .setMaxInitialLineLength(maxLineBytes)
        .setHandle100ContinueAutomatically(false)
        .setHttp2ClearTextEnabled(false)
        .setCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setTcpNoDelay(true)
        .setAcceptBacklog(1_024);
  }

  private static void require(boolean holds, String rule, int value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", it is " + value);
    }
  }

  private static void requirePositive(Duration duration, String name) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(name + " must be positive, it is " + duration);
    }
  }
}
