package dev.millrace.perf.compare;

import dev.millrace.perf.definition.LargeDocument;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A measured shape: its name in URLs, its input and how many calls one execution makes. A constant,
 * used on the main thread of {@link Compare}.
 */
enum Shape {
  SINGLE(1, "{\"userId\":\"42\"}"),
  CHAIN3(3, "{\"userId\":\"42\",\"sku\":\"item-7\",\"quantity\":2}"),
  FAN10(10, "{\"cartId\":\"7\"}"),
  DIAMOND(4, "{\"cartId\":\"7\"}"),
  LARGE(1, LargeDocument.json()),
  CHAIN3_20MS(3, CHAIN3.input),
  READS3(3, "{\"userId\":\"42\"}");

  private final int calls;
  private final String input;

  Shape(int calls, String input) {
    this.calls = calls;
    this.input = input;
  }

  /** Calls to the upstream per execution. */
  int calls() {
    return calls;
  }

  /** The request body, as JSON. */
  String input() {
    return input;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String path() {
    return "/api/v1/workflows/" + label() + "/execute";
  }

  /** Those of a list, {@code all} being all. */
  static List<Shape> of(List<String> labels) {
    if (labels.equals(List.of("all"))) {
      return List.of(values());
    }
    return labels.stream().map(Shape::of).distinct().toList();
  }

  static Shape of(String label) {
    return Arrays.stream(values())
        .filter(shape -> shape.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--shapes: there is no shape \""
                        + label
                        + "\"; known are "
                        + Arrays.stream(values())
                            .map(Shape::label)
                            .collect(Collectors.joining(", "))));
  }
}
