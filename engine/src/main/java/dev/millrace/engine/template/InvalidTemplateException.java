package dev.millrace.engine.template;

/**
 * A text that was taken for a valid template is not; a fault of the caller, who validates first.
 */
public final class InvalidTemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient TemplateError error;

  InvalidTemplateException(TemplateError error) {
    super(error.message());
    this.error = error;
  }

  /** The first thing that is wrong. */
  public TemplateError error() {
    return error;
  }
}
