package dev.millrace.perf.upstream;

import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often each endpoint was called since the last reset. Shared by all upstream verticles, safe
 * on any thread; a reset is exact only while no calls are in flight.
 */
final class RequestCounts {

  /** The counted endpoints. */
  enum Endpoint {
    USERS,
    ORDERS,
    SHIPMENTS,
    CARTS,
    ITEMS,
    JOIN,
    DOCUMENTS
  }

  // filled once and never changed, so that reading it needs no lock
  private final Map<Endpoint, LongAdder> counts = new EnumMap<>(Endpoint.class);

  RequestCounts() {
    for (Endpoint endpoint : Endpoint.values()) {
      counts.put(endpoint, new LongAdder());
    }
  }

  void increment(Endpoint endpoint) {
    counts.get(endpoint).increment();
  }

  void reset() {
    counts.values().forEach(LongAdder::reset);
  }

  /** The counts as {@code {"total": 12, "users": 4, ...}}. */
  JsonObject toJson() {
    JsonObject json = new JsonObject();
    long total = 0;
    for (Map.Entry<Endpoint, LongAdder> entry : counts.entrySet()) {
      long count = entry.getValue().sum();
      json.put(entry.getKey().name().toLowerCase(Locale.ROOT), count);
      total += count;
    }
    return json.put("total", total);
  }
}
