package dev.millrace.gateway.api;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureException;
import dev.millrace.gateway.http.Exchange;

/** Reads how long the caller is willing to wait; stateless. */
final class RequestTimeout {
  static final String HEADER = "X-Request-Timeout-Ms";

  /** More than any workflow may take; larger wishes change nothing. */
  private static final long LARGEST = 86_400_000;

  private RequestTimeout() {}

  /** The milliseconds of the header; 0 where there is none. */
  static long millis(Exchange exchange) {
    String value = exchange.header(HEADER);
    if (value == null) {
      return 0;
    }
    if (value.isEmpty()) {
      throw invalid();
    }
    long millis = 0;
    for (int index = 0; index < value.length(); index++) {
      char digit = value.charAt(index);
      if (digit < '0' || digit > '9') {
        throw invalid();
      }
      millis = Math.min(LARGEST, millis * 10 + (digit - '0'));
    }
    if (millis == 0) {
      throw invalid();
    }
    return millis;
  }

  private static FailureException invalid() {
    return Failure.of(
            ErrorCode.InvalidRequest,
            "The header " + HEADER + " must be a whole number of milliseconds greater than 0")
        .exception();
  }
}
