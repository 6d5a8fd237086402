package dev.millrace.engine.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Any JSON values, for property tests. */
public final class JsonValues {
  private JsonValues() {}

  /** Any string that JSON can hold, surrogate pairs and control characters included. */
  public static Arbitrary<String> strings() {
    Arbitrary<Integer> points =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.integers().between(0x20, 0x7E)),
            Tuple.of(1, Arbitraries.integers().between(0, 0x1F)),
            Tuple.of(1, Arbitraries.of((int) '{', (int) '}', (int) '"', (int) '\\')),
            Tuple.of(1, Arbitraries.integers().between(0x7F, 0xD7FF)),
            Tuple.of(1, Arbitraries.integers().between(0xE000, 0x10FFFF)));
    return points
        .list()
        .ofMaxSize(20)
        .map(
            list -> {
              StringBuilder text = new StringBuilder();
              list.forEach(text::appendCodePoint);
              return text.toString();
            });
  }

  /** Any scalar. */
  public static Arbitrary<JsonNode> scalars() {
    Arbitrary<JsonNode> integers =
        Arbitraries.bigIntegers()
            .between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40))
            .map(JsonNumbers::integer);
    Arbitrary<JsonNode> smallIntegers = Arbitraries.longs().map(JsonNumbers::integer);
    Arbitrary<JsonNode> decimals =
        Arbitraries.bigIntegers()
            .between(BigInteger.TEN.pow(30).negate(), BigInteger.TEN.pow(30))
            .flatMap(
                unscaled ->
                    Arbitraries.integers()
                        .between(1, 60)
                        .map(scale -> JsonNumbers.decimal(new BigDecimal(unscaled, scale))));
    return Arbitraries.oneOf(
        strings().map(StringNode::valueOf),
        integers,
        smallIntegers,
        decimals,
        Arbitraries.of(BooleanNode.TRUE, BooleanNode.FALSE),
        Arbitraries.just(NullNode.instance));
  }

  /** Any value. */
  public static Arbitrary<JsonNode> values() {
    return Arbitraries.recursive(JsonValues::scalars, JsonValues::containers, 0, 4);
  }

  private static Arbitrary<JsonNode> containers(Arbitrary<JsonNode> inner) {
    Arbitrary<JsonNode> objects =
        Arbitraries.maps(strings(), inner).ofMaxSize(4).map(JsonValues::object);
    Arbitrary<JsonNode> arrays = inner.list().ofMaxSize(4).map(JsonValues::array);
    return Arbitraries.oneOf(inner, objects, arrays);
  }

  private static JsonNode object(Map<String, JsonNode> members) {
    return new ObjectNode(JsonNodeFactory.instance).setAll(members);
  }

  private static JsonNode array(List<JsonNode> elements) {
    return new ArrayNode(JsonNodeFactory.instance).addAll(elements);
  }
}
