package dev.millrace.gateway.http;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.task.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;

/**
 * Takes every request of one event loop from its head to its answer: finds the endpoint, lets it
 * answer, and writes the answer once; owned by the gateway verticle.
 *
 * <p>This is the one place where the chain of a request ends.
 */
public final class RequestHandler implements Handler<HttpServerRequest> {
  private static final CharSequence NO_SNIFF_NAME =
      HttpHeaders.createOptimized("X-Content-Type-Options");
  private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence REFERRER_NAME = HttpHeaders.createOptimized("Referrer-Policy");
  private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
  private static final CharSequence JSON = HttpHeaders.createOptimized(Answer.JSON);

  /**
   * How much of an unwanted body is read and dropped, so that the caller gets to see the answer.
   */
  private static final long DROPPED_BYTES = 8 << 20;

  private static final long DROPPED_MILLIS = 2_000;

  private final Vertx vertx;
  private final Timers timers;
  private final HttpLimits limits;
  private final PathTable<MethodTable<Routes.Route>> routes;
  private final Endpoint workflowRoutes;
  private final RequestListener listener;
  private final ConnectionWatch connections;

  /**
   * @param workflowRoutes answers what is below {@code /run}
   */
  public RequestHandler(
      Vertx vertx,
      HttpLimits limits,
      Routes routes,
      Endpoint workflowRoutes,
      RequestListener listener,
      ConnectionWatch connections) {
    this.vertx = vertx;
    this.timers = Timers.of(vertx);
    this.limits = limits;
    this.routes = routes.build();
    this.workflowRoutes = workflowRoutes;
    this.listener = listener;
    this.connections = connections;
  }

  @Override
  public void handle(HttpServerRequest request) {
    connections.began(request.connection());
    Exchange exchange = new Exchange(timers, request, limits);
    Future<Answer> answer;
    try {
      answer = dispatch(exchange);
    } catch (RuntimeException e) {
      answer = Future.failedFuture(e);
    }
    answer.onComplete(
        done ->
            write(
                exchange,
                done.succeeded() ? done.result() : ProblemResponses.answer(done.cause())));
  }

  private Future<Answer> dispatch(Exchange exchange) {
    HttpMethod method = exchange.method();
    if (method.equals(HttpMethod.OPTIONS) && "*".equals(exchange.request().uri())) {
      return Answer.empty(204).future();
    }
    RequestPath path = exchange.path();
    if (path.segment(0).equals("run")) {
      exchange.routed(RouteClass.RUN);
      return workflowRoutes.handle(exchange);
    }
    PathTable.Match<MethodTable<Routes.Route>> match = routes.match(path, 0);
    if (match == null) {
      throw Failure.of(
              ErrorCode.NotFound, "There is nothing at this path; /docs lists what there is")
          .exception();
    }
    exchange.matched(match);
    Routes.Route route = match.target().target(method);
    if (route == null) {
      return otherMethod(method, match.target()).future();
    }
    exchange.routed(route.routeClass());
    return route.endpoint().handle(exchange);
  }

  /** What a known path answers to a method that leads nowhere: its methods. */
  public static Answer otherMethod(HttpMethod method, MethodTable<?> methods) {
    Map.Entry<String, String> allow = Map.entry("Allow", methods.allow());
    if (method.equals(HttpMethod.OPTIONS)) {
      return Answer.empty(204).withHeaders(List.of(allow));
    }
    return ProblemResponses.answer(
            Failure.of(ErrorCode.MethodNotAllowed, "This path takes " + methods.allow() + " only"))
        .withHeaders(List.of(allow));
  }

  private void write(Exchange exchange, Answer answer) {
    HttpServerRequest request = exchange.request();
    HttpServerResponse response = request.response();
    listener.answered(exchange.routeClass(), answer.status());
    if (response.closed() || response.ended()) {
      return;
    }
    BodyRest rest = exchange.bodyRest();
    response.setStatusCode(answer.status());
    putHeaders(response, answer);
    if (rest == BodyRest.LONG) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    connections.answered(request.connection());
    if (answer.body() == null) {
      response.end();
    } else if (request.method().equals(HttpMethod.HEAD)) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(answer.body().length()));
      response.end();
    } else {
      response.end(answer.body());
    }
    if (rest == BodyRest.LONG) {
      dropRest(request);
    }
  }

  private static void putHeaders(HttpServerResponse response, Answer answer) {
    String contentType = answer.contentType();
    if (contentType != null) {
      if (contentType.equals(Answer.JSON)) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
      } else {
        response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
      }
    }
    response.putHeader(NO_SNIFF_NAME, NO_SNIFF);
    response.putHeader(REFERRER_NAME, NO_REFERRER);
    boolean cacheable = false;
    List<Map.Entry<String, String>> headers = answer.headers();
    for (int index = 0; index < headers.size(); index++) {
      Map.Entry<String, String> header = headers.get(index);
      response.putHeader(header.getKey(), header.getValue());
      cacheable |= header.getKey().equals("Cache-Control");
    }
    if (!cacheable) {
      response.putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
    }
  }

  /**
   * Closes the connection of a caller that is still sending, but not before it had the chance to
   * read the answer: a socket closed on unread data is reset, and the answer lost.
   */
  private void dropRest(HttpServerRequest request) {
    long timer = vertx.setTimer(DROPPED_MILLIS, ignored -> request.connection().close());
    long[] dropped = new long[1];
    request.exceptionHandler(ignored -> {});
    request.endHandler(
        ignored -> {
          vertx.cancelTimer(timer);
          request.connection().close();
        });
    request.handler(
        chunk -> {
          dropped[0] += chunk.length();
          if (dropped[0] > DROPPED_BYTES) {
            request.connection().close();
          }
        });
    request.resume();
  }
}
