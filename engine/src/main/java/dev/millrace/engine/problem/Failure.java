package dev.millrace.engine.problem;

import dev.millrace.engine.schema.SchemaError;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Why a request failed: the data of a problem document.
 *
 * @param code the stable code
 * @param detail what happened this time, for people; never holds payload values
 * @param executionId the execution, or null where none began
 * @param taskId the task of the workflow that failed, or null
 * @param taskRef the WorkflowTask behind {@code taskId}, or null
 * @param attempts how many attempts the task made; 0 where it made none
 * @param upstreamStatus the last HTTP status of the task's service, 0 where there was none
 * @param problems what is wrong with the definition, where that is the reason
 * @param errors what is wrong with the value, where that is the reason
 * @param retryAfter when to try again, or null
 */
public record Failure(
    ErrorCode code,
    String detail,
    String executionId,
    String taskId,
    String taskRef,
    int attempts,
    int upstreamStatus,
    List<Problem> problems,
    List<SchemaError> errors,
    Duration retryAfter) {
  public Failure {
    Objects.requireNonNull(code);
    Objects.requireNonNull(detail);
    problems = List.copyOf(problems);
    errors = List.copyOf(errors);
  }

  /** A failure with nothing but a code and a detail. */
  public static Failure of(ErrorCode code, String detail) {
    return new Failure(code, detail, null, null, null, 0, 0, List.of(), List.of(), null);
  }

  /** The same failure, with the schema errors that caused it. */
  public Failure withErrors(List<SchemaError> schemaErrors) {
    return new Failure(
        code,
        detail,
        executionId,
        taskId,
        taskRef,
        attempts,
        upstreamStatus,
        problems,
        schemaErrors,
        retryAfter);
  }

  /** The same failure, with the definition's problems that caused it. */
  public Failure withProblems(List<Problem> definitionProblems) {
    return new Failure(
        code,
        detail,
        executionId,
        taskId,
        taskRef,
        attempts,
        upstreamStatus,
        definitionProblems,
        errors,
        retryAfter);
  }

  /** The same failure, with the time after which another try makes sense. */
  public Failure withRetryAfter(Duration delay) {
    return new Failure(
        code,
        detail,
        executionId,
        taskId,
        taskRef,
        attempts,
        upstreamStatus,
        problems,
        errors,
        delay);
  }

  /** The same failure, seen as that of one task's call. */
  public Failure inTask(String id, String reference, int attemptCount, int lastUpstreamStatus) {
    return new Failure(
        code,
        detail,
        executionId,
        id,
        reference,
        attemptCount,
        lastUpstreamStatus,
        problems,
        errors,
        retryAfter);
  }

  /** The same failure, as that of an execution. */
  public Failure inExecution(String id) {
    return new Failure(
        code, detail, id, taskId, taskRef, attempts, upstreamStatus, problems, errors, retryAfter);
  }

  /** This failure as a throwable, for failed futures. */
  public FailureException exception() {
    return new FailureException(this);
  }
}
