package dev.millrace.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.BinaryNode;

class VertxJsonTest {
  private enum Color {
    RED
  }

  @Test
  void takes_every_type_of_the_bus() throws InvalidJsonException {
    JsonObject object =
        new JsonObject()
            .put("text", "a")
            .put("chars", CharBuffer.wrap("b"))
            .put("enum", Color.RED)
            .put("int", 1)
            .put("long", 1L << 40)
            .put("byte", (byte) 2)
            .put("big", BigInteger.TEN.pow(30))
            .put("decimal", new BigDecimal("1.50"))
            .put("double", 0.25)
            .put("float", 0.1f)
            .put("true", true)
            .putNull("null")
            .put("map", Map.of("x", List.of(1)))
            .put("array", new JsonArray().add(1).addNull());

    assertThat(VertxJson.fromVertx(object))
        .isEqualTo(
            Json.read(
                """
                {"text": "a", "chars": "b", "enum": "RED", "int": 1, "long": 1099511627776,
                 "byte": 2, "big": 1000000000000000000000000000000, "decimal": 1.50,
                 "double": 0.25, "float": 0.1, "true": true, "null": null,
                 "map": {"x": [1]}, "array": [1, null]}
                """));
  }

  static Stream<Object> notJson() {
    JsonArray deep = new JsonArray();
    for (int i = 0; i < 64; i++) {
      deep = new JsonArray().add(deep);
    }
    JsonObject deepObject = new JsonObject();
    for (int i = 0; i < 64; i++) {
      deepObject = new JsonObject().put("a", deepObject);
    }
    Map<Object, Object> numbered = new HashMap<>();
    numbered.put(1, 1);
    List<Object> recursive = new ArrayList<>();
    recursive.add(recursive);
    return Stream.of(
        new Object(),
        Double.NaN,
        Float.POSITIVE_INFINITY,
        new BigDecimal("1e400000000"),
        new BigDecimal("1e-400000000"),
        BigInteger.TEN.pow(2_000),
        deep,
        deepObject,
        numbered,
        recursive,
        "\uD800");
  }

  @ParameterizedTest
  @MethodSource("notJson")
  void refuses_what_json_does_not_have(Object value) {
    assertThatThrownBy(() -> VertxJson.fromVertx(value))
        .isInstanceOfSatisfying(
            InvalidJsonException.class,
            e -> assertThat(e.describe()).isEqualTo(e.getMessage()).isNotEmpty());
  }

  @Test
  void refuses_nodes_that_are_no_values() {
    assertThatThrownBy(() -> VertxJson.toVertx(BinaryNode.valueOf(new byte[1])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_goes_out_can_be_copied_and_encoded_by_the_bus() throws InvalidJsonException {
    JsonObject object =
        (JsonObject) VertxJson.toVertx(Json.read("{\"a\":[1.50,12345678901234567890,null]}"));

    assertThat(object.copy().encode()).isEqualTo("{\"a\":[1.50,12345678901234567890,null]}");
  }
}
