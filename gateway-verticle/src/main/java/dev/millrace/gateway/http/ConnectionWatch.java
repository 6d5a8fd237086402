package dev.millrace.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bounds the connections of one event loop, in number and in how long they may be without a whole
 * request; owned by the gateway verticle, lives on its event loop.
 *
 * <p>An idle timeout of the server would not do: it ends when any byte arrives, which a caller can
 * send one at a time, and it would also cut off callers that wait for a long execution.
 */
public final class ConnectionWatch {
  private static final long SWEEP_MILLIS = 500;

  private final Vertx vertx;
  private final HttpLimits limits;
  private final Map<HttpConnection, State> states = new HashMap<>();
  private long timer = -1;

  public ConnectionWatch(Vertx vertx, HttpLimits limits) {
    this.vertx = vertx;
    this.limits = limits;
  }

  private static final class State {
    private int requests;
    private long closeAtNanos;
  }

  /** Begins to look after the connections. */
  public void start() {
    timer = vertx.setPeriodic(SWEEP_MILLIS, ignored -> sweep());
  }

  /** Looks after them no longer. */
  public void stop() {
    vertx.cancelTimer(timer);
  }

  /** A connection came in. */
  public void opened(HttpConnection connection) {
    if (states.size() >= limits.maxConnections()) {
      connection.close();
      return;
    }
    State state = new State();
    state.closeAtNanos = System.nanoTime() + limits.headTimeoutMillis() * 1_000_000;
    states.put(connection, state);
    connection.closeHandler(ignored -> states.remove(connection));
  }

  /** The head of a request arrived. */
  void began(HttpConnection connection) {
    State state = states.get(connection);
    if (state != null) {
      state.requests++;
    }
  }

  /** An answer was handed to the connection. */
  void answered(HttpConnection connection) {
    State state = states.get(connection);
    if (state != null) {
      state.requests--;
      state.closeAtNanos = System.nanoTime() + limits.keepAliveMillis() * 1_000_000;
    }
  }

  private void sweep() {
    long now = System.nanoTime();
    List<HttpConnection> due = new ArrayList<>();
    for (Map.Entry<HttpConnection, State> entry : states.entrySet()) {
      State state = entry.getValue();
      if (state.requests == 0 && now - state.closeAtNanos >= 0) {
        due.add(entry.getKey());
      }
    }
    for (HttpConnection connection : due) {
      connection.close();
    }
  }
}
