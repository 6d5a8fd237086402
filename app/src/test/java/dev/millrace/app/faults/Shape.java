package dev.millrace.app.faults;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A workflow of the fault test, and with it what must be true of its executions. */
record Shape(String name, boolean durable, List<Step> steps) {
  /** Reads, effects one after the other, and two at once. */
  static final Shape CHECKOUT =
      new Shape(
          "checkout",
          true,
          List.of(
              Step.look("cart"),
              Step.act("reserve", "cart"),
              Step.act("charge", "reserve"),
              Step.look("label", "charge"),
              Step.actIfPossible("notify", "charge"),
              Step.act("ship", "charge", "label")));

  /** Effects at once, and a read after them. */
  static final Shape BOOKING =
      new Shape(
          "booking",
          true,
          List.of(
              Step.act("flight"),
              Step.act("hotel"),
              Step.act("car"),
              Step.look("summary", "flight", "hotel", "car")));

  /** Nothing that would need a commit. */
  static final Shape PRODUCT =
      new Shape(
          "product",
          true,
          List.of(Step.look("item"), Step.look("stock", "item"), Step.look("price", "item")));

  /** Effects, without the promise of durability. */
  static final Shape VISIT =
      new Shape(
          "visit",
          false,
          List.of(Step.look("profile"), Step.act("count", "profile"), Step.act("thank", "count")));

  static final List<Shape> ALL = List.of(CHECKOUT, BOOKING, PRODUCT, VISIT);

  private static final Map<String, Shape> BY_NAME =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Shape::name, Function.identity()));

  Shape {
    steps = List.copyOf(steps);
  }

  static Shape named(String name) {
    return BY_NAME.get(name);
  }

  /** Whether nothing of it may be lost. */
  boolean strict() {
    return durable && !effects().isEmpty();
  }

  List<Step> effects() {
    return steps.stream().filter(Step::effect).toList();
  }
}
