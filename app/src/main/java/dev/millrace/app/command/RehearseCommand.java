package dev.millrace.app.command;

import dev.millrace.app.program.FreePort;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code millrace rehearse}: does once what a gateway does and ends; runs on the main thread.
 *
 * <p>The launcher and the image's build run it to learn which classes a start needs, and archive
 * them (class-data sharing), so that later starts are quick.
 */
@Command(
    name = "rehearse",
    hidden = true,
    description = {
      "Starts the demo with a database of its own, asks it a few things and ends it: a JVM that is"
          + " told to archive its classes then holds those of a gateway.",
      ""
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything answered as it should",
      "1:something did not, or the demo did not end in time"
    })
final class RehearseCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      paramLabel = "DIRECTORY",
      description = "Where the database is put; it can be deleted afterwards.")
  private Path directory;

  RehearseCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    // Whoever takes it in this moment makes the rehearsal fail, which costs quick starts only.
    int port = ServingCommand.await(FreePort.of("127.0.0.1", 0));
    Console rehearsed =
        new Console(
            new PrintWriter(Writer.nullWriter()),
            console.err(),
            false,
            Map.of(),
            new RehearsalLifetime(port, console.err()));
    return MillraceCommand.commandLine(rehearsed)
        .execute(
            "demo",
            "--port",
            Integer.toString(port),
            "--upstream-port",
            "0",
            "--data-dir",
            directory.toString());
  }
}
