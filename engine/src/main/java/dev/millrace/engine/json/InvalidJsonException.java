package dev.millrace.engine.json;

/**
 * Tells why a text is not acceptable JSON, and where; thrown by {@link Json}, usable on any thread.
 *
 * <p>The message is made for people and never holds anything of the text itself, which may be
 * private. Expected on every hostile request, and therefore without a stack trace.
 */
public final class InvalidJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  InvalidJsonException(String message, int line, int column) {
    super(message, null, false, false);
    this.line = line;
    this.column = column;
  }

  /** Counted from one; 0 where the value did not come from a text. */
  public int line() {
    return line;
  }

  /** Counted from one, in bytes of the UTF-8 text; 0 where the value did not come from a text. */
  public int column() {
    return column;
  }

  /** The message with its place, as {@code ... (line 3, column 7)}. */
  public String describe() {
    return line == 0 ? getMessage() : getMessage() + " (line " + line + ", column " + column + ")";
  }
}
