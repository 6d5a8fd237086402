package dev.millrace.app.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The newest calls that the demo's upstream got; owned by {@link DemoUpstream}, lives on its event
 * loop.
 */
final class CallLog {

  static final int CAPACITY = 1_000;

  private final ArrayDeque<Call> calls = new ArrayDeque<>();

  /**
   * One call.
   *
   * @param outcome the status answered, or what the fault did instead
   * @param idempotencyKey null when the call carried none
   * @param remainingMs the caller's remaining time as it said; null when it said nothing
   */
  record Call(
      String at,
      String endpoint,
      String method,
      String uri,
      String outcome,
      String idempotencyKey,
      String traceparent,
      String remainingMs) {}

  void add(Call call) {
    if (calls.size() == CAPACITY) {
      calls.removeFirst();
    }
    calls.addLast(call);
  }

  void clear() {
    calls.clear();
  }

  /** The newest calls, newest first. */
  List<Call> newest(int limit) {
    List<Call> newest = new ArrayList<>();
    Iterator<Call> backwards = calls.descendingIterator();
    while (backwards.hasNext() && newest.size() < limit) {
      newest.add(backwards.next());
    }
    return newest;
  }
}
