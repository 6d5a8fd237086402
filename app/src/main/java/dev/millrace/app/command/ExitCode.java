package dev.millrace.app.command;

/** The exit codes of all commands; docs/reference/command-line.md lists them. */
final class ExitCode {

  /** All is well; of {@code compat}: proved. */
  static final int OK = 0;

  /** Problems were found, or the command failed; of {@code compat}: refuted. */
  static final int PROBLEMS = 1;

  /** The command line or a setting is wrong. */
  static final int USAGE = 2;

  /** Of {@code compat}: neither proved nor refuted. */
  static final int UNPROVED = 2;

  /** Of {@code compat}: its arguments or a schema cannot be used; the code of sysexits.h. */
  static final int UNUSABLE = 64;

  private ExitCode() {}
}
