package dev.millrace.app.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The faults of all endpoints; owned by {@link DemoUpstream}, lives on its event loop. */
final class Faults {

  private final Map<String, State> states = new LinkedHashMap<>();

  private static final class State {
    private Fault fault = Fault.NONE;
    private long calls;
  }

  Faults(List<String> endpoints) {
    for (String endpoint : endpoints) {
      states.put(endpoint, new State());
    }
  }

  boolean knows(String endpoint) {
    return states.containsKey(endpoint);
  }

  void set(String endpoint, Fault fault) {
    State state = states.get(endpoint);
    state.fault = fault;
    state.calls = 0;
  }

  void clear() {
    for (String endpoint : states.keySet()) {
      set(endpoint, Fault.NONE);
    }
  }

  Fault get(String endpoint) {
    return states.get(endpoint).fault;
  }

  /** All of them, as they are shown. */
  Map<String, Shown> shown() {
    Map<String, Shown> shown = new LinkedHashMap<>();
    states.forEach((endpoint, state) -> shown.put(endpoint, Shown.of(state.fault)));
    return shown;
  }

  /** A fault as it is read and written in JSON. */
  record Shown(String mode, int status, int latencyMs, double share) {
    static Shown of(Fault fault) {
      return new Shown(fault.mode().label(), fault.status(), fault.latencyMs(), fault.share());
    }
  }

  /**
   * The mode for the next call. Hits are spread evenly instead of by chance, so that half of the
   * calls is every other call and a demonstration shows the same thing twice.
   */
  Fault.Mode next(String endpoint) {
    State state = states.get(endpoint);
    double share = state.fault.share();
    boolean hit = Math.floor((state.calls + 1) * share) > Math.floor(state.calls * share);
    state.calls++;
    return hit ? state.fault.mode() : Fault.Mode.NONE;
  }

  /**
   * Reads a fault from the body of a request.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  static Fault read(JsonNode body) {
    if (!body.isObject()) {
      throw new IllegalArgumentException("the body must be a JSON object");
    }
    for (String name : body.propertyNames()) {
      if (!List.of("mode", "status", "latencyMs", "share").contains(name)) {
        throw new IllegalArgumentException(
            name + " is not known; expected mode, status, latencyMs, share");
      }
    }
    return new Fault(
        mode(body.path("mode")),
        body.path("status").asInt(Fault.NONE.status()),
        body.path("latencyMs").asInt(0),
        body.path("share").asDouble(1.0));
  }

  private static Fault.Mode mode(JsonNode node) {
    String given = node.asString("none");
    for (Fault.Mode mode : Fault.Mode.values()) {
      if (mode.label().equals(given.toLowerCase(Locale.ROOT))) {
        return mode;
      }
    }
    throw new IllegalArgumentException("mode must be one of none, error, hang, html, truncate");
  }
}
