package dev.millrace.engine.task;

import dev.millrace.engine.definition.StatusPattern;
import dev.millrace.engine.definition.WorkflowTask;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.schema.CompiledSchema;
import dev.millrace.engine.schema.InvalidSchemaException;

/**
 * A WorkflowTask ready to run: its call and schemas compiled once; immutable, shared by all plans
 * and event loops.
 */
public final class CompiledTask {
  private final WorkflowTask definition;
  private final HttpCall http;
  private final CompiledSchema inputSchema;
  private final CompiledSchema outputSchema;
  private final StatusPattern[] successStatus;

  private CompiledTask(WorkflowTask definition) {
    this.definition = definition;
    this.http = HttpCall.compile(definition.http());
    this.inputSchema = compile(definition, "inputSchema");
    this.outputSchema = compile(definition, "outputSchema");
    this.successStatus = definition.http().successStatus().toArray(new StatusPattern[0]);
  }

  /**
   * Compiles a valid definition.
   *
   * @throws IllegalArgumentException where it is not valid, which the validator finds before
   */
  public static CompiledTask compile(WorkflowTask definition) {
    return new CompiledTask(definition);
  }

  private static CompiledSchema compile(WorkflowTask definition, String field) {
    boolean input = field.equals("inputSchema");
    try {
      return CompiledSchema.compile(input ? definition.inputSchema() : definition.outputSchema());
    } catch (InvalidSchemaException invalid) {
      throw new IllegalArgumentException(
          "The " + field + " of " + definition.name() + " is not valid", invalid);
    }
  }

  /** The definition that this was compiled from. */
  public WorkflowTask definition() {
    return definition;
  }

  /** The task's full name. */
  public ResourceName name() {
    return definition.name();
  }

  /** Its HTTP request. */
  public HttpCall http() {
    return http;
  }

  /** The schema of what the task is called with. */
  public CompiledSchema inputSchema() {
    return inputSchema;
  }

  /** The schema of what the task yields. */
  public CompiledSchema outputSchema() {
    return outputSchema;
  }

  /** Whether a call may change something at the other side: its method is not a safe one. */
  public boolean effect() {
    return !definition.http().method().isSafe();
  }

  /** Whether a call may be repeated though it may have arrived. */
  public boolean idempotent() {
    return definition.idempotent();
  }

  /**
   * What it is called in messages that callers read: its method and name, but neither its address,
   * which is none of theirs, nor any value.
   */
  String label() {
    return definition.http().method() + " of " + name();
  }

  /** Whether it has a circuit breaker or a bulkhead. */
  boolean isGuarded() {
    return definition.circuitBreaker() != null || definition.bulkhead() != null;
  }

  /** Whether an answer with this status is a success. */
  boolean isSuccess(int status) {
    for (StatusPattern pattern : successStatus) {
      if (pattern.matches(status)) {
        return true;
      }
    }
    return false;
  }
}
