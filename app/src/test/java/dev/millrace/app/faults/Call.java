package dev.millrace.app.faults;

import java.util.List;

/**
 * One call as the upstream saw it. Times are {@link EpochMicros}; 0 where it did not happen.
 *
 * @param key the {@code Idempotency-Key}; null without
 * @param presented the receipts that the caller handed in
 * @param answeredAt when the upstream answered
 * @param status of that answer; 0 where there was none
 * @param receipt of a successful answer, different at each call of an effect; else null
 * @param closedAt when the connection that it came on ended
 */
record Call(
    long at,
    boolean effect,
    String key,
    String service,
    String order,
    List<String> presented,
    long answeredAt,
    int status,
    String receipt,
    long closedAt) {
  Call {
    presented = List.copyOf(presented);
  }

  String executionId() {
    return key.substring(0, key.indexOf('/'));
  }

  boolean succeeded() {
    return status == 200;
  }

  Call answered(long when, int newStatus, String newReceipt) {
    return new Call(
        at, effect, key, service, order, presented, when, newStatus, newReceipt, closedAt);
  }

  Call closed(long when) {
    return new Call(at, effect, key, service, order, presented, answeredAt, status, receipt, when);
  }
}
