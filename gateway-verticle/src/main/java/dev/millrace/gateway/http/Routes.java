package dev.millrace.gateway.http;

import io.vertx.core.http.HttpMethod;

/** Collects the gateway's own endpoints; used once, when a verticle starts. */
public final class Routes {
  private final PathTable.Builder<MethodTable<Route>> table = new PathTable.Builder<>();

  /** An endpoint and how metrics call it. */
  record Route(RouteClass routeClass, Endpoint endpoint) {}

  /** Adds an endpoint for GET, and with it for HEAD. */
  public Routes get(String pattern, RouteClass routeClass, Endpoint endpoint) {
    return add(HttpMethod.GET, pattern, routeClass, endpoint);
  }

  /** Adds an endpoint for POST. */
  public Routes post(String pattern, RouteClass routeClass, Endpoint endpoint) {
    return add(HttpMethod.POST, pattern, routeClass, endpoint);
  }

  private Routes add(HttpMethod method, String text, RouteClass routeClass, Endpoint endpoint) {
    PathPattern pattern = PathPattern.parse(text);
    Route route = new Route(routeClass, endpoint);
    MethodTable<Route> methods = table.get(pattern);
    table.put(
        pattern, methods == null ? MethodTable.of(method, route) : methods.and(method, route));
    return this;
  }

  PathTable<MethodTable<Route>> build() {
    return table.build();
  }
}
