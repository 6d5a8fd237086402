package dev.millrace.engine.problem;

/**
 * The stable codes of failed requests, each with the party that must act and the one HTTP status.
 *
 * <p>This is the only table from codes to statuses.
 */
public enum ErrorCode {
  InvalidJson(ErrorCategory.CALLER, 400, "The body is not acceptable JSON"),
  InvalidRequest(ErrorCategory.CALLER, 400, "The request is not valid"),
  NotFound(ErrorCategory.CALLER, 404, "There is nothing at this path"),
  UnknownWorkflow(ErrorCategory.CALLER, 404, "There is no such workflow"),
  UnknownWorkflowTask(ErrorCategory.CALLER, 404, "There is no such workflow task"),
  UnknownExecution(ErrorCategory.CALLER, 404, "There is no such execution"),
  UnknownVersion(ErrorCategory.CALLER, 404, "There is no such version"),
  MethodNotAllowed(ErrorCategory.CALLER, 405, "The path does not take this method"),
  RequestTimedOut(ErrorCategory.CALLER, 408, "The request did not arrive in time"),
  WorkflowNotReady(ErrorCategory.DEFINITION, 409, "The workflow is not ready"),
  ExecutionCancelled(ErrorCategory.CALLER, 409, "The execution was cancelled"),
  IllegalTransition(ErrorCategory.CALLER, 409, "The execution's state does not allow this"),
  IncompatibleDefinition(
      ErrorCategory.DEFINITION, 409, "The execution cannot go on with the latest definition"),
  BodyTooLarge(ErrorCategory.CALLER, 413, "The body is too large"),
  UriTooLong(ErrorCategory.CALLER, 414, "The request's address is too long"),
  UnsupportedMediaType(ErrorCategory.CALLER, 415, "The body's media type is not supported"),
  InvalidInput(ErrorCategory.CALLER, 422, "The input does not match the workflow's schema"),
  InvalidRequestValue(ErrorCategory.CALLER, 422, "A value cannot be put into a task's request"),
  HeadersTooLarge(ErrorCategory.CALLER, 431, "The request's headers are too large"),
  RateLimited(ErrorCategory.CAPACITY, 429, "Too many requests"),
  InternalError(ErrorCategory.INTERNAL, 500, "Millrace failed"),
  InvalidTaskInput(ErrorCategory.DEFINITION, 502, "A task's input does not match its schema"),
  InvalidOutput(ErrorCategory.DEFINITION, 502, "The workflow's output does not match its schema"),
  UpstreamUnreachable(ErrorCategory.UPSTREAM, 502, "A task's service could not be reached"),
  UpstreamStatus(ErrorCategory.UPSTREAM, 502, "A task's service answered with a failure"),
  UpstreamNotJson(
      ErrorCategory.UPSTREAM, 502, "A task's service answered something that is not JSON"),
  UpstreamTruncated(ErrorCategory.UPSTREAM, 502, "A task's service broke off its answer"),
  UpstreamTooLarge(ErrorCategory.UPSTREAM, 502, "A task's service answered too much"),
  UpstreamSchemaMismatch(
      ErrorCategory.UPSTREAM, 502, "A task's service answered outside of the task's schema"),
  CircuitOpen(ErrorCategory.CAPACITY, 503, "A task's circuit breaker is open"),
  BulkheadFull(ErrorCategory.CAPACITY, 503, "A task has no room for another call"),
  TooManyExecutions(ErrorCategory.CAPACITY, 503, "Too many executions are in flight"),
  JournalFull(ErrorCategory.CAPACITY, 503, "Executions cannot be recorded at the moment"),
  NotReady(ErrorCategory.CAPACITY, 503, "This gateway is not ready"),
  Draining(ErrorCategory.CAPACITY, 503, "This gateway is shutting down"),
  ExecutionInterrupted(ErrorCategory.INTERNAL, 503, "The execution was interrupted"),
  TaskTimedOut(ErrorCategory.UPSTREAM, 504, "A task did not answer in time"),
  ExecutionTimedOut(ErrorCategory.UPSTREAM, 504, "The execution did not end in time");

  private final ErrorCategory category;
  private final int status;
  private final String title;

  ErrorCode(ErrorCategory category, int status, String title) {
    this.category = category;
    this.status = status;
    this.title = title;
  }

  /** Who must act. */
  public ErrorCategory category() {
    return category;
  }

  /** The HTTP status, also the code of the event bus' failures. */
  public int status() {
    return status;
  }

  /** The short summary, the same for every occurrence. */
  public String title() {
    return title;
  }

  /** The page that explains this code. */
  public String docs() {
    return Docs.problem(name());
  }
}
