package dev.millrace.perf.stress;

import dev.millrace.perf.definition.LargeDocument;
import dev.millrace.perf.definition.MeasuredDefinitions;
import dev.millrace.perf.process.Bench;
import dev.millrace.perf.process.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The workflows under load, and an input for each: the measured shapes, the same with a record
 * under names such as {@code chain3-durable}, and two that only load needs. Stateless.
 */
public final class LoadDefinitions {
  private static final List<String> SHAPES = List.of("single", "chain3", "fan10");
  private static final List<String> DURABILITIES = List.of("Buffered", "Durable");
  private static final List<String> OTHERS = List.of("delayed", "many-lines");
  private static final int LINES = 600;

  private static final Map<String, String> INPUTS =
      Map.of(
          "chain3-20ms", "{\"userId\":\"42\",\"sku\":\"item-7\",\"quantity\":2}",
          "diamond", "{\"cartId\":\"7\"}",
          "large", LargeDocument.json(),
          "reads3", "{\"userId\":\"42\"}",
          "single", "{\"userId\":\"42\"}",
          "chain3", "{\"userId\":\"42\",\"sku\":\"item-7\",\"quantity\":2}",
          "fan10", "{\"cartId\":\"7\"}",
          "delayed", "{\"userId\":\"42\"}",
          "many-lines", manyLines());

  private LoadDefinitions() {}

  /**
   * Writes definitions and inputs into a run's work directory.
   *
   * @return where the definitions are
   */
  public static Path write(Bench bench, Server upstream) {
    Path definitions = bench.work().resolve("definitions");
    write(definitions, upstream.port());
    writeInputs(bench.work().resolve("bodies"));
    return definitions;
  }

  /** Writes the definitions, for an upstream on 127.0.0.1 at this port. */
  static void write(Path directory, int upstreamPort) {
    try {
      Files.createDirectories(directory);
      Map<String, String> measured = MeasuredDefinitions.forUpstream(upstreamPort).texts();
      for (Map.Entry<String, String> file : measured.entrySet()) {
        Files.writeString(directory.resolve(file.getKey()), file.getValue());
      }
      for (String shape : SHAPES) {
        String text = measured.get(shape + ".yaml");
        for (String durability : DURABILITIES) {
          String name = recorded(shape, durability);
          Files.writeString(
              directory.resolve(name + ".yaml"),
              text.replace("metadata: { name: " + shape + " }", "metadata: { name: " + name + " }")
                  .replace("durability: None", "durability: " + durability));
        }
      }
      for (String other : OTHERS) {
        Files.writeString(
            directory.resolve(other + ".yaml"),
            resource(other).replace("{PORT}", Integer.toString(upstreamPort)));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write the definitions to " + directory, failure);
    }
  }

  /** Writes an input for each workflow, named after it. */
  static void writeInputs(Path directory) {
    try {
      Files.createDirectories(directory);
      for (Map.Entry<String, String> input : INPUTS.entrySet()) {
        Files.writeString(directory.resolve(input.getKey() + ".json"), input.getValue());
      }
      for (String shape : SHAPES) {
        for (String durability : DURABILITIES) {
          Files.writeString(
              directory.resolve(recorded(shape, durability) + ".json"), INPUTS.get(shape));
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write the inputs to " + directory, failure);
    }
  }

  /** What a workflow is called with here; null where there is no such workflow. */
  public static String input(String workflow) {
    for (String durability : DURABILITIES) {
      String end = "-" + durability.toLowerCase(Locale.ROOT);
      if (workflow.endsWith(end)) {
        return INPUTS.get(workflow.substring(0, workflow.length() - end.length()));
      }
    }
    return INPUTS.get(workflow);
  }

  private static String recorded(String shape, String durability) {
    return shape + "-" + durability.toLowerCase(Locale.ROOT);
  }

  private static String manyLines() {
    String[] lines = new String[LINES];
    Arrays.setAll(
        lines,
        line ->
            "{\"sku\":\"item-%d\",\"quantity\":%d,\"note\":\"to be wrapped, no hurry\"}"
                .formatted(line, 1 + line % 9));
    return "{\"userId\":\"42\",\"lines\":[" + String.join(",", lines) + "]}";
  }

  private static String resource(String name) throws IOException {
    try (InputStream text =
        LoadDefinitions.class.getResourceAsStream("/load-definitions/" + name + ".yaml")) {
      if (text == null) {
        throw new IllegalStateException(
            "load-definitions/" + name + ".yaml is not on the class path; build perf again");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
