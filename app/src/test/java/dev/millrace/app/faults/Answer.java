package dev.millrace.app.faults;

import java.util.Map;

/**
 * What one caller was told, or not.
 *
 * @param order unique to the request, so that calls of executions of unknown id are known by it
 * @param at when the answer came, or the connection broke
 * @param httpStatus 0 when the connection broke
 * @param code of a problem; else null
 * @param executionId null where none was told
 * @param output receipts by step; null unless it succeeded
 */
record Answer(
    int gateway,
    String workflow,
    String order,
    long sentAt,
    long at,
    int httpStatus,
    String code,
    String executionId,
    Map<String, String> output) {
  Answer {
    output = output == null ? null : Map.copyOf(output);
  }

  /** The final state that the caller was told of; null when the answer left it open. */
  String toldStatus() {
    if (httpStatus == 200) {
      return "Succeeded";
    }
    if (code == null || executionId == null) {
      return null;
    }
    return switch (code) {
      case "ExecutionCancelled" -> "Cancelled";
      case "ExecutionTimedOut" -> "TimedOut";
      case "ExecutionInterrupted", "Draining" -> null;
      default -> "Failed";
    };
  }

  /** Whether it was told that nothing was begun. */
  boolean refused() {
    return httpStatus >= 400 && executionId == null;
  }
}
