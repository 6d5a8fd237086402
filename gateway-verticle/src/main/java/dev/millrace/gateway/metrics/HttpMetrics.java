package dev.millrace.gateway.metrics;

import dev.millrace.gateway.http.RequestListener;
import dev.millrace.gateway.http.RouteClass;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts answered requests by the kind of endpoint and status; one for the whole process, called on
 * all event loops, without locks. The data points lie in an array, so that a request costs one
 * look.
 */
final class HttpMetrics implements RequestListener {
  private static final int LOWEST_STATUS = 100;
  private static final int STATUSES = 500;

  private final Counter requests;
  private final Map<RouteClass, CounterDataPoint[]> points = new EnumMap<>(RouteClass.class);

  HttpMetrics(PrometheusRegistry registry) {
    requests =
        Counter.builder()
            .name("millrace_http_requests_total")
            .help("Answered requests, by kind of endpoint and status")
            .labelNames("route", "status")
            .withoutExemplars()
            .register(registry);
    for (RouteClass route : RouteClass.values()) {
      points.put(route, new CounterDataPoint[STATUSES]);
    }
  }

  @Override
  public void answered(RouteClass route, int status) {
    int place = Math.min(Math.max(status - LOWEST_STATUS, 0), STATUSES - 1);
    CounterDataPoint[] ofRoute = points.get(route);
    CounterDataPoint point = ofRoute[place];
    if (point == null) {
      point = requests.labelValues(route.label(), Integer.toString(status));
      ofRoute[place] = point;
    }
    point.inc();
  }
}
