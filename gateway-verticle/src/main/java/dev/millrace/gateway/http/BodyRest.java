package dev.millrace.gateway.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * How much of its body a caller still sends when its request is answered: what the {@link
 * RequestHandler} goes by on the event loop of the request.
 */
enum BodyRest {
  /** Nothing. */
  NONE,
  /**
   * Not more than would have been read anyway: it is dropped as it comes, and the connection goes
   * on. To close it would cost the caller a new one, which is dear when a full gateway refuses
   * many, and could cost it the answer: a socket closed on unread data is reset.
   */
  SHORT,
  /** More than that, or nobody knows how much, or whether it comes: the connection ends. */
  LONG;

  /**
   * What is left of a request.
   *
   * @param begun whether the body has been read in part, and was then given up
   */
  static BodyRest of(HttpServerRequest request, boolean begun, HttpLimits limits) {
    if (request.isEnded()) {
      return NONE;
    }
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null) {
      return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) ? LONG : NONE;
    }
    if (length.equals("0")) {
      return NONE;
    }
    // Who waits to be asked for the body need not send it after another answer.
    boolean waits = request.headers().contains(HttpHeaders.EXPECT);
    return begun || waits || !isAtMost(length, limits.maxBodyBytes()) ? LONG : SHORT;
  }

  private static boolean isAtMost(String length, int limit) {
    try {
      return Long.parseLong(length.trim()) <= limit;
    } catch (NumberFormatException notALength) {
      return false;
    }
  }
}
