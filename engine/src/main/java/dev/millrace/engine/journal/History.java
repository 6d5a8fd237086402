package dev.millrace.engine.journal;

import io.vertx.core.Future;
import java.util.Optional;

/** Tells what was recorded; a fact can be read here once its append is committed. Any thread. */
public interface History {
  /** One execution with everything; empty when it is not known, or no longer. */
  Future<Optional<ExecutionRecord>> find(String executionId);

  /** The executions of one workflow, newest first, by start and then by id. */
  Future<ExecutionPage> list(ExecutionQuery query);
}
