package dev.millrace.app.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * What a command sees of the world around the process; made by {@link dev.millrace.app.Main}, used
 * by the thread of the command.
 *
 * @param colour whether the output may hold colours
 * @param environment the process' variables
 */
public record Console(
    PrintWriter out,
    PrintWriter err,
    boolean colour,
    Map<String, String> environment,
    Lifetime lifetime) {

  public Console {
    Objects.requireNonNull(out);
    Objects.requireNonNull(err);
    Objects.requireNonNull(lifetime);
    environment = Map.copyOf(environment);
  }

  /** The real one. */
  public static Console system() {
    Map<String, String> environment = System.getenv();
    // Java 17 cannot tell whether standard output alone is a terminal; the launcher can.
    boolean terminal = Boolean.getBoolean("millrace.terminal");
    boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Console(
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        terminal && wanted,
        environment,
        new ProcessLifetime());
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
  }
}
