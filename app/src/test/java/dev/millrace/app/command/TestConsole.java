package dev.millrace.app.command;

import io.vertx.core.Future;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A console that keeps what is printed, and a life that lasts as long as the test wants. */
final class TestConsole implements Lifetime {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> environment;
  private final boolean colour;
  private final CompletableFuture<Void> serving = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  TestConsole() {
    this(Map.of(), false);
  }

  TestConsole(Map<String, String> environment, boolean colour) {
    this.environment = environment;
    this.colour = colour;
  }

  /** Runs a command to its end. */
  int run(String... arguments) {
    Console console =
        new Console(new PrintWriter(out), new PrintWriter(err), colour, environment, this);
    int code = MillraceCommand.commandLine(console).execute(arguments);
    console.out().flush();
    console.err().flush();
    return code;
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  /** Completes when the command serves. */
  CompletableFuture<Void> serving() {
    return serving;
  }

  /** Lets the command end. */
  void end() {
    ended.complete(null);
  }

  @Override
  public int untilStopped(Supplier<Future<Boolean>> stop) {
    serving.complete(null);
    ended.join();
    return stop.get().toCompletionStage().toCompletableFuture().join() ? 0 : 1;
  }
}
