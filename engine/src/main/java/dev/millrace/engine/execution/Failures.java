package dev.millrace.engine.execution;

import dev.millrace.engine.catalog.CatalogEntry;
import dev.millrace.engine.catalog.CatalogSnapshot;
import dev.millrace.engine.plan.PlannedTask;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.schema.SchemaError;
import dev.millrace.engine.text.NearestName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The failures that the orchestrator itself finds, each with what happened and what to do. */
final class Failures {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** Bounds what a flood of unknown names can cost. */
  private static final int SUGGESTION_CANDIDATES = 200;

  private Failures() {}

  static Failure unknownWorkflow(CatalogSnapshot snapshot, String namespace, String name) {
    List<String> known = new ArrayList<>();
    for (CatalogEntry entry : snapshot.workflows(namespace)) {
      if (known.size() < SUGGESTION_CANDIDATES) {
        known.add(entry.workflow().name().name());
      }
    }
    String nearest = NearestName.of(name, known);
    String detail = "there is no workflow '" + shown(name) + "' in namespace '" + shown(namespace);
    return Failure.of(
        ErrorCode.UnknownWorkflow,
        nearest == null ? detail + "'" : detail + "'; did you mean '" + nearest + "'?");
  }

  /** A name from outside, cut to a length that fits into a message. */
  private static String shown(String name) {
    return name.length() <= 100 ? name : name.substring(0, 100) + "...";
  }

  static Failure notReady(CatalogEntry entry) {
    return Failure.of(
            ErrorCode.WorkflowNotReady,
            "workflow '"
                + entry.workflow().name().name()
                + "' has problems and never had a good version")
        .withProblems(entry.problems());
  }

  static Failure invalidInput(List<SchemaError> errors) {
    return Failure.of(
            ErrorCode.InvalidInput, "the input breaks the workflow's schema in the places listed")
        .withErrors(errors);
  }

  static Failure invalidTaskInput(PlannedTask task, List<SchemaError> errors) {
    return Failure.of(
            ErrorCode.InvalidTaskInput,
            "the input of task '" + task.id() + "' breaks the schema of " + task.taskRef())
        .withErrors(errors)
        .inTask(task.id(), task.taskRef(), 0, 0);
  }

  static Failure invalidOutput(List<SchemaError> errors) {
    return Failure.of(ErrorCode.InvalidOutput, "the workflow's answer breaks its outputSchema")
        .withErrors(errors);
  }

  static Failure timedOut(long timeoutMillis) {
    return Failure.of(
        ErrorCode.ExecutionTimedOut, "the execution did not end within " + timeoutMillis + " ms");
  }

  static Failure cancelled() {
    return Failure.of(ErrorCode.ExecutionCancelled, "the caller went away");
  }

  static Failure cancelledByRequest() {
    return Failure.of(ErrorCode.ExecutionCancelled, "somebody cancelled the execution");
  }

  static Failure lost() {
    return Failure.of(
        ErrorCode.ExecutionInterrupted,
        "this gateway lost its lease while the execution ran, and another one takes it over; look its"
            + " result up by its id before you try again");
  }

  static Failure ownerDied(String why) {
    return Failure.of(
        ErrorCode.ExecutionInterrupted,
        "the gateway that ran the execution died, and it was not continued: " + why);
  }

  static Failure interrupted() {
    return Failure.of(ErrorCode.Draining, "this gateway shut down while the execution ran");
  }

  static Failure closed() {
    return Failure.of(ErrorCode.Draining, "this gateway has shut down");
  }

  static Failure journalFull() {
    return Failure.of(
            ErrorCode.JournalFull,
            "executions cannot be recorded at the moment, and this workflow's must be")
        .withRetryAfter(RETRY_AFTER);
  }

  static Failure notRecorded() {
    return Failure.of(
        ErrorCode.InternalError,
        "tasks with effects have run, but the journal could not record what became of them");
  }

  static Failure internal(String doing) {
    return Failure.of(ErrorCode.InternalError, "an unexpected fault while " + doing);
  }
}
