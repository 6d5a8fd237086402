package dev.millrace.perf.scale;

import dev.millrace.perf.definition.MeasuredDefinitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes directories of definitions as large as wanted; stateless. */
final class GeneratedWorkflows {
  private static final int IN_ONE_FILE = 100;
  private static final String WORKFLOW =
      """
      apiVersion: millrace.dev/v1
      kind: Workflow
      metadata: { name: NAME }
      spec:
        durability: None
        inputSchema:
          type: object
          required: [userId]
          properties: { userId: { type: string, minLength: 1, maxLength: 64 } }
        tasks:
      """;

  private GeneratedWorkflows() {}

  /** So many copies of {@code chain3}, named by {@link #copy}. */
  static void copies(Path directory, int count, String durability, int upstreamPort) {
    Map<String, String> measured =
        MeasuredDefinitions.forUpstream(upstreamPort, durability).texts();
    String chain = measured.get("chain3.yaml");
    write(directory, "tasks.yaml", measured.get("tasks.yaml"));
    StringBuilder file = new StringBuilder();
    for (int copy = 0; copy < count; copy++) {
      file.append("---\n").append(chain.replace("name: chain3", "name: " + copy(copy)));
      if ((copy + 1) % IN_ONE_FILE == 0 || copy + 1 == count) {
        write(directory, "workflows-" + copy + ".yaml", file.toString());
        file.setLength(0);
      }
    }
  }

  static String copy(int number) {
    return "chain3-" + number;
  }

  /** A chain and a fan of so many tasks each, all of them one GET. */
  static void sizes(Path directory, Iterable<Integer> sizes, int upstreamPort) {
    write(
        directory,
        "tasks.yaml",
        MeasuredDefinitions.forUpstream(upstreamPort).texts().get("tasks.yaml"));
    for (int size : sizes) {
      write(directory, "chain-" + size + ".yaml", chain(size));
      write(directory, "fan-" + size + ".yaml", fan(size));
    }
  }

  /** Each task needs the one before. */
  static String chain(int size) {
    StringBuilder yaml = new StringBuilder(WORKFLOW.replace("NAME", "chain-" + size));
    for (int task = 0; task < size; task++) {
      step(yaml, task, task == 0 ? "input.userId" : "tasks.t" + (task - 1) + ".output.id");
    }
    return end(yaml, size);
  }

  /** All tasks need the first. */
  static String fan(int size) {
    StringBuilder yaml = new StringBuilder(WORKFLOW.replace("NAME", "fan-" + size));
    for (int task = 0; task < size; task++) {
      step(yaml, task, task == 0 ? "input.userId" : "tasks.t0.output.id");
    }
    return end(yaml, size);
  }

  private static void step(StringBuilder yaml, int task, String user) {
    yaml.append("    - id: t")
        .append(task)
        .append("\n      taskRef: fetch-user\n      input: { userId: \"{{")
        .append(user)
        .append("}}\" }\n");
  }

  private static String end(StringBuilder yaml, int size) {
    return yaml.append("  output: { id: \"{{tasks.t")
        .append(size - 1)
        .append(".output.id}}\" }\n")
        .toString();
  }

  private static void write(Path directory, String name, String text) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(name), text);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write definitions to " + directory, failure);
    }
  }
}
