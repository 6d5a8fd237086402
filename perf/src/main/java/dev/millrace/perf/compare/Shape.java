package dev.millrace.perf.compare;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A measured shape: its name in URLs, its input and how many calls one execution makes. A constant,
 * used on the main thread of {@link Compare}.
 */
enum Shape {
  SINGLE(1, "{\"userId\":\"42\"}"),
  CHAIN3(3, "{\"userId\":\"42\",\"sku\":\"item-7\",\"quantity\":2}"),
  FAN10(10, "{\"cartId\":\"7\"}");

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
    return name().toLowerCase(Locale.ROOT);
  }

  String path() {
    return "/api/v1/workflows/" + label() + "/execute";
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
