package dev.millrace.app.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the upstream saw, entry after entry, none changed. Owned by {@link Upstream}, written on its
 * event loop, read when that has stopped.
 */
final class UpstreamLog {
  private sealed interface Entry {}

  private record Called(int connection, Call call) implements Entry {}

  private record Answered(long at, int call, int status, String receipt) implements Entry {}

  private record Closed(long at, int connection) implements Entry {}

  private final List<Entry> entries = new ArrayList<>();
  private int calls;
  private int connections;

  int opened() {
    return connections++;
  }

  /** Returns the number of the call. */
  int called(
      int connection,
      boolean effect,
      String key,
      String service,
      String order,
      List<String> presented) {
    long now = EpochMicros.now();
    entries.add(
        new Called(
            connection, new Call(now, effect, key, service, order, presented, 0, 0, null, 0)));
    return calls++;
  }

  void answered(int call, int status, String receipt) {
    entries.add(new Answered(EpochMicros.now(), call, status, receipt));
  }

  void closed(int connection) {
    entries.add(new Closed(EpochMicros.now(), connection));
  }

  /** Every call, in the order of arrival, with what became of it. */
  List<Call> calls() {
    List<Call> seen = new ArrayList<>();
    Map<Integer, List<Integer>> byConnection = new HashMap<>();
    for (Entry entry : entries) {
      if (entry instanceof Called called) {
        byConnection
            .computeIfAbsent(called.connection(), none -> new ArrayList<>())
            .add(seen.size());
        seen.add(called.call());
      } else if (entry instanceof Answered answered) {
        seen.set(
            answered.call(),
            seen.get(answered.call())
                .answered(answered.at(), answered.status(), answered.receipt()));
      } else if (entry instanceof Closed closed) {
        for (int call : byConnection.getOrDefault(closed.connection(), List.of())) {
          seen.set(call, seen.get(call).closed(closed.at()));
        }
      }
    }
    return seen;
  }
}
