package dev.millrace.app;

import dev.millrace.app.command.Console;
import dev.millrace.app.command.MillraceCommand;

/** The program's entry point; runs on the main thread, which then runs the command. */
public final class Main {

  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(MillraceCommand.commandLine(Console.system()).execute(arguments));
  }
}
