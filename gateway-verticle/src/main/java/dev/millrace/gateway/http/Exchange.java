package dev.millrace.gateway.http;

import dev.millrace.engine.task.Cancellation;
import dev.millrace.engine.task.Timers;
import dev.millrace.engine.task.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * One request while it is answered; made by the {@link RequestHandler}, lives on the event loop of
 * the request. Path and query are decoded once.
 */
public final class Exchange {
  private static final String TRACEPARENT = "traceparent";
  private static final String TRACESTATE = "tracestate";

  private final Timers timers;
  private final HttpServerRequest request;
  private final HttpLimits limits;
  private RequestPath path;
  private PathTable.Match<?> match;
  private QueryParameters query;
  private RouteClass routeClass = RouteClass.OTHER;
  private boolean bodyAsked;

  Exchange(Timers timers, HttpServerRequest request, HttpLimits limits) {
    this.timers = timers;
    this.request = request;
    this.limits = limits;
  }

  void matched(PathTable.Match<?> found) {
    match = found;
  }

  void routed(RouteClass found) {
    routeClass = found;
  }

  RouteClass routeClass() {
    return routeClass;
  }

  HttpServerRequest request() {
    return request;
  }

  /** What its caller still sends. */
  BodyRest bodyRest() {
    return BodyRest.of(request, bodyAsked, limits);
  }

  /** The request's method. */
  public HttpMethod method() {
    return request.method();
  }

  /** The decoded path. */
  public RequestPath path() {
    if (path == null) {
      path = RequestPath.parse(request.path());
    }
    return path;
  }

  /** The decoded value of a parameter of the matched path. */
  public String pathValue(String name) {
    return match.value(name);
  }

  /** The decoded query. */
  public QueryParameters query() {
    if (query == null) {
      query = QueryParameters.parse(request.query());
    }
    return query;
  }

  /** A header, or null. */
  public String header(String name) {
    return request.getHeader(name);
  }

  /**
   * Reads the whole body within the limits; must be called in the turn of the event loop that
   * brought the request.
   */
  public Future<Buffer> body() {
    bodyAsked = true;
    return BodyReader.read(timers, request, limits);
  }

  /** The trace that the caller is in. */
  public TraceContext trace() {
    String traceparent = request.getHeader(TRACEPARENT);
    return traceparent == null
        ? TraceContext.NONE
        : new TraceContext(traceparent, request.getHeader(TRACESTATE));
  }

  /** Is cancelled when the caller goes away before the answer. */
  public Cancellation cancelledByDisconnect() {
    Cancellation cancellation = new Cancellation();
    request.response().closeHandler(ignored -> cancellation.cancel());
    return cancellation;
  }
}
