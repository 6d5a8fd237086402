package dev.millrace.engine.task;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import io.netty.channel.ConnectTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Says what went wrong with an attempt, in words; stateless, holds no payload. */
final class AttemptFailures {
  private static final Duration SOON = Duration.ofSeconds(1);

  private AttemptFailures() {}

  static Failure status(CompiledTask task, int status, long retryAfterMillis) {
    String redirect = status >= 300 && status < 400 ? " (redirects are not followed)" : "";
    Failure failure =
        Failure.of(
            ErrorCode.UpstreamStatus,
            task.label()
                + " answered "
                + status
                + redirect
                + ", which is not in its successStatus");
    return retryAfterMillis == RetryAfter.NONE
        ? failure
        : failure.withRetryAfter(Duration.ofMillis(retryAfterMillis));
  }

  static Failure unreachable(CompiledTask task, Throwable cause) {
    return Failure.of(
        ErrorCode.UpstreamUnreachable, task.label() + " could not be sent: " + reason(cause));
  }

  static Failure broken(CompiledTask task) {
    return Failure.of(
        ErrorCode.UpstreamUnreachable,
        task.label()
            + " was sent, but the connection broke before an answer came; whether the service"
            + " acted on it is unknown");
  }

  static Failure truncated(CompiledTask task, int status) {
    return Failure.of(
        ErrorCode.UpstreamTruncated,
        task.label()
            + " answered "
            + status
            + ", but the connection broke before the answer was complete");
  }

  static Failure tooLarge(CompiledTask task, HttpTaskOptions options) {
    return Failure.of(
        ErrorCode.UpstreamTooLarge,
        task.label()
            + " answered more than the "
            + options.maxResponseBytes()
            + " bytes of body or "
            + options.maxHeaderBytes()
            + " bytes of headers that an answer may have; let it answer less, such as by pages");
  }

  static Failure unreadable(CompiledTask task, int status) {
    return Failure.of(
        ErrorCode.UpstreamNotJson,
        task.label()
            + " answered "
            + status
            + " with a compressed body that cannot be decompressed; let the service compress"
            + " properly or not at all");
  }

  static Failure poolFull(CompiledTask task, HttpTaskOptions options) {
    return Failure.of(
            ErrorCode.BulkheadFull,
            task.label()
                + " could not be sent: "
                + options.maxConnectionsPerHost()
                + " connections to its host are in use and "
                + options.maxWaiting()
                + " calls wait for one already; try again later")
        .withRetryAfter(SOON);
  }

  static Failure timedOut(CompiledTask task, long budgetMillis, boolean ownTimeout) {
    return Failure.of(
        ErrorCode.TaskTimedOut,
        task.label()
            + " did not answer within "
            + (ownTimeout
                ? "the task's timeout of " + budgetMillis + " ms"
                : "the " + budgetMillis + " ms that were left of the execution's time"));
  }

  static Failure noTime(CompiledTask task) {
    return Failure.of(
        ErrorCode.TaskTimedOut,
        task.label() + " was not sent, because the execution's time was over");
  }

  static Failure cancelled(CompiledTask task) {
    return Failure.of(
        ErrorCode.ExecutionCancelled,
        task.label() + " was stopped, because nobody waits for its answer any more");
  }

  static Failure circuitOpen(CompiledTask task, TaskBreaker breaker) {
    return Failure.of(
            ErrorCode.CircuitOpen,
            task.label()
                + " was not sent: the circuit breaker of "
                + task.name()
                + " is open after too many failures; try again later")
        .withRetryAfter(breaker.retryAfter());
  }

  static Failure bulkheadFull(CompiledTask task) {
    return Failure.of(
            ErrorCode.BulkheadFull,
            task.label()
                + " was not sent: "
                + task.definition().bulkhead().maxConcurrent()
                + " calls of "
                + task.name()
                + " are in flight and "
                + task.definition().bulkhead().maxQueued()
                + " wait already; try again later")
        .withRetryAfter(SOON);
  }

  static Failure internal(CompiledTask task) {
    return Failure.of(
        ErrorCode.InternalError,
        task.label() + " failed inside Millrace; its log has the stack trace");
  }

  private static String reason(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "the name of its host is not known; check the url and the DNS";
    }
    if (cause instanceof ConnectTimeoutException) {
      return "its host did not accept a connection in time";
    }
    if (cause instanceof SSLException) {
      return "the TLS handshake failed; check the service's certificate and protocol";
    }
    if (cause instanceof java.net.ConnectException) {
      return "its host refused the connection; check that the service runs at this port";
    }
    return "no connection could be made";
  }
}
