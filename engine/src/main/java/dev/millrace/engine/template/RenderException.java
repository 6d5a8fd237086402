package dev.millrace.engine.template;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;

/**
 * A value that a template found cannot stand where the template does; expected, and therefore
 * without a stack trace. The message names the template as written, never the value.
 */
public final class RenderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RenderException(String message) {
    super(message, null, false, false);
  }

  /**
   * This as a failure: {@link ErrorCode#InvalidRequestValue} in a task's request, {@link
   * ErrorCode#InvalidTaskInput} in its input, {@link ErrorCode#InvalidOutput} in the output.
   */
  public Failure failure(ErrorCode code) {
    return Failure.of(code, getMessage());
  }
}
