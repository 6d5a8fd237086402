package dev.millrace.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Answers requests whose head is not HTTP or is too long, with a problem document like any other;
 * owned by the gateway verticle. The server closes the connection afterwards.
 */
public final class InvalidRequestHandler implements Handler<HttpServerRequest> {
  private final int maxLineBytes;
  private final int maxHeaderBytes;
  private final RequestListener listener;

  public InvalidRequestHandler(int maxLineBytes, int maxHeaderBytes, RequestListener listener) {
    this.maxLineBytes = maxLineBytes;
    this.maxHeaderBytes = maxHeaderBytes;
    this.listener = listener;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Answer answer =
        ProblemResponses.unreadable(request.decoderResult().cause(), maxLineBytes, maxHeaderBytes);
    listener.answered(RouteClass.OTHER, answer.status());
    request
        .response()
        .setStatusCode(answer.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end(answer.body());
  }
}
