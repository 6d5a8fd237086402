package dev.millrace.gateway.http;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureException;
import dev.millrace.engine.problem.FailureJson;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge at which failures become HTTP: the one place that makes problem documents (RFC 9457) of
 * them; stateless, any thread.
 */
public final class ProblemResponses {
  private static final Logger LOGGER = LoggerFactory.getLogger(ProblemResponses.class);

  private ProblemResponses() {}

  /** The problem document of a failure. */
  public static Answer answer(Failure failure) {
    return new Answer(
        failure.code().status(),
        Answer.PROBLEM_JSON,
        Json.toBuffer(FailureJson.of(failure)),
        headers(failure.retryAfter()));
  }

  /**
   * The problem document of whatever went wrong. What nobody expected is logged under a reference,
   * and the caller gets the reference and nothing else.
   */
  public static Answer answer(Throwable cause) {
    if (cause instanceof FailureException failed) {
      return answer(failed.failure());
    }
    String reference = UUID.randomUUID().toString();
    LOGGER
        .atError()
        .setMessage("A request failed for a reason that nobody expected")
        .addKeyValue("reference", reference)
        .setCause(cause)
        .log();
    return answer(
        Failure.of(
            ErrorCode.InternalError,
            "Something went wrong inside Millrace; its log tells more under reference "
                + reference));
  }

  /** The problem document of a request whose head could not be read. */
  static Answer unreadable(Throwable cause, int maxLineBytes, int maxHeaderBytes) {
    if (cause instanceof TooLongHttpLineException) {
      return answer(
          Failure.of(
              ErrorCode.UriTooLong,
              "The request's line is longer than " + maxLineBytes + " bytes"));
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return answer(
          Failure.of(
              ErrorCode.HeadersTooLarge,
              "The request's headers are larger than " + maxHeaderBytes + " bytes"));
    }
    return answer(Failure.of(ErrorCode.InvalidRequest, "The request is not valid HTTP"));
  }

  private static List<Map.Entry<String, String>> headers(Duration retryAfter) {
    if (retryAfter == null) {
      return List.of();
    }
    long seconds = Math.max(1, (retryAfter.toMillis() + 999) / 1000);
    return List.of(Map.entry("Retry-After", Long.toString(seconds)));
  }
}
