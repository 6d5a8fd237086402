package dev.millrace.perf.definition;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.validation.ResourceSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of {@code perf/definitions} with the upstream's port filled in; made by whoever
 * measures or checks them, immutable, usable on any thread.
 *
 * <p>They come from the class path, so that a benchmark finds them wherever it is started.
 *
 * @param texts by file name
 */
public record MeasuredDefinitions(Map<String, String> texts) {
  /** The namespace that the files leave out. */
  public static final String NAMESPACE = "default";

  private static final List<String> FILES =
      List.of(
          "tasks.yaml",
          "slow-tasks.yaml",
          "single.yaml",
          "chain3.yaml",
          "chain3-20ms.yaml",
          "fan10.yaml",
          "diamond.yaml",
          "large.yaml",
          "reads3.yaml");

  public MeasuredDefinitions {
    texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
  }

  /** All files, for an upstream on 127.0.0.1 at this port; nothing is recorded. */
  public static MeasuredDefinitions forUpstream(int port) {
    return forUpstream(port, "None");
  }

  /** The same with another durability of all workflows. */
  public static MeasuredDefinitions forUpstream(int port, String durability) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String file : FILES) {
      texts.put(
          file,
          read(file)
              .replace("{PORT}", Integer.toString(port))
              .replace("durability: None", "durability: " + durability));
    }
    return new MeasuredDefinitions(texts);
  }

  /** The resources of all files together, with what reading them found. */
  public ResourceSet resources() {
    List<Resource> resources = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    texts.forEach(
        (file, text) -> {
          ReadResult read = ResourceReader.read(file, text, NAMESPACE);
          resources.addAll(read.resources());
          problems.addAll(read.problems());
        });
    return new ResourceSet(resources, problems);
  }

  private static String read(String file) {
    try (InputStream text =
        MeasuredDefinitions.class.getResourceAsStream("/perf-definitions/" + file)) {
      if (text == null) {
        throw new IllegalStateException(
            "perf-definitions/" + file + " is not on the class path; build the module perf again");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read perf-definitions/" + file, failure);
    }
  }
}
