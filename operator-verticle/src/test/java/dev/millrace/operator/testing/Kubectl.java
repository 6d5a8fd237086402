package dev.millrace.operator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the real kubectl as a user does, each call bounded in time; usable on any thread. */
public final class Kubectl {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path kubeconfig;

  Kubectl(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
  }

  /** What a call left: its exit code and both streams. */
  public record Result(int exit, String out, String err) {
    /** Both streams, for messages. */
    public String all() {
      return out + err;
    }
  }

  /** Runs it with nothing on its input. */
  public Result run(String... arguments) {
    return runWithInput("", arguments);
  }

  /** Runs it and fails unless it succeeds; its output. */
  public String succeed(String... arguments) {
    return succeedWithInput("", arguments);
  }

  /** Runs it with a text on its input, as in {@code kubectl apply -f -}; its output. */
  public String succeedWithInput(String input, String... arguments) {
    Result result = runWithInput(input, arguments);
    if (result.exit() != 0) {
      throw new AssertionError(
          "kubectl " + String.join(" ", arguments) + " failed:\n" + result.all());
    }
    return result.out();
  }

  /** Runs it with a text on its input, as in {@code kubectl apply -f -}. */
  public Result runWithInput(String input, String... arguments) {
    List<String> command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(arguments));
    try {
      Path directory = Files.createTempDirectory("kubectl");
      try {
        return run(command, input, directory);
      } finally {
        Directories.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("kubectl could not be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("kubectl was interrupted", e);
    }
  }

  private Result run(List<String> command, String input, Path directory)
      throws IOException, InterruptedException {
    Path in = Files.writeString(directory.resolve("in"), input);
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    // kubectl keeps what it discovers below the home directory; another server may have this port.
    builder.environment().put("HOME", kubeconfig.getParent().toString());
    builder.environment().put("NO_PROXY", "127.0.0.1,localhost");
    Path beside = kubeconfig.resolveSibling("bin");
    if (Files.isDirectory(beside)) {
      builder.environment().merge("PATH", beside.toString(), (path, own) -> own + ":" + path);
      command.set(0, beside.resolve("kubectl").toString());
    }
    Process process = builder.start();
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(
          String.join(" ", command) + " took longer than " + LIMIT + ":\n" + text(out) + text(err));
    }
    return new Result(process.exitValue(), text(out), text(err));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
