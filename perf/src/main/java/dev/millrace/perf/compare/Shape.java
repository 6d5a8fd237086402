package dev.millrace.perf.compare;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A measured shape: its name in URLs, its input and how many calls one execution makes. A constant,
 * used on the main thread of {@link Compare}.
 */
enum Shape {
  SINGLE(1, false, "{\"userId\":\"42\"}"),
  CHAIN3(3, true, "{\"userId\":\"42\",\"sku\":\"item-7\",\"quantity\":2}"),
  FAN10(10, true, "{\"cartId\":\"7\"}"),
  DIAMOND(4, true, "{\"cartId\":\"7\"}"),
  LARGE(1, true, LargeDocument.json()),
  CHAIN3_20MS(3, true, CHAIN3.input),
  READS3(3, false, "{\"userId\":\"42\"}");

  private final int calls;
  private final boolean effect;
  private final String input;

  Shape(int calls, boolean effect, String input) {
    this.calls = calls;
    this.effect = effect;
    this.input = input;
  }

  /** Calls to the upstream per execution. */
  int calls() {
    return calls;
  }

  /** Whether one of its calls is a POST. */
  boolean hasEffect() {
    return effect;
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
