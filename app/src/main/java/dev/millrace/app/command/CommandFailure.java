package dev.millrace.app.command;

/** Ends a command with a message for people and no stack trace. */
final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandFailure(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  /** The arguments or settings are wrong. */
  static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }

  /** What was asked for did not work. */
  static CommandFailure failed(String message) {
    return new CommandFailure(ExitCode.PROBLEMS, message);
  }

  /** What {@code compat} was given cannot be compared. */
  static CommandFailure unusable(String message) {
    return new CommandFailure(ExitCode.UNUSABLE, message);
  }

  int exitCode() {
    return exitCode;
  }
}
