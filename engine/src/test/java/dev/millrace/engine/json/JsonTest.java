package dev.millrace.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.FloatNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ShortNode;
import tools.jackson.databind.node.StringNode;

class JsonTest {
  private static InvalidJsonException refused(String text) {
    return refused(text.getBytes(StandardCharsets.UTF_8));
  }

  private static InvalidJsonException refused(byte[] text) {
    InvalidJsonException e =
        catchThrowableOfType(InvalidJsonException.class, () -> Json.read(text));
    assertThat(e).as("refusal").isNotNull();
    return e;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,}",
        "[1,]",
        "{'a':1}",
        "{a:1}",
        "// no\n1",
        "/* no */ 1",
        "# no\n1",
        "NaN",
        "Infinity",
        "-Infinity",
        "+1",
        "01",
        ".5",
        "5.",
        "0x10",
        "tru",
        "nulll",
        "\"a\nb\"",
        "\"\\x41\"",
        "\"\\u12\"",
        "{\"a\" 1}",
        "{\"a\":}",
        "[1 2]",
        "[1,,2]",
        "]",
        "}",
        "secret"
      })
  void refuses_what_is_not_json(String text) {
    assertThat(refused(text)).hasMessage("The text is not JSON: something unexpected stands here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[", "{\"a\"", "{\"a\":", "\"abc", "1e", "{\"a\":{\"b\":[1"})
  void says_that_a_text_ends_too_early(String text) {
    assertThat(refused(text)).hasMessage("The text ends in the middle of a JSON value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 2", "{} {}", "[] x", "null,", "{}]", "\"a\" \"b\""})
  void refuses_a_second_value(String text) {
    assertThat(refused(text).getMessage())
        .matches("There is something behind the JSON value|The text is not JSON: .*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\n\t"})
  void refuses_an_empty_text(String text) {
    assertThat(refused(text)).hasMessage("The text is empty; a JSON value is expected");
  }

  @ParameterizedTest
  @CsvSource({
    "22C3 28 22, 2", // continuation byte missing
    "2280 22, 2", // lone continuation byte
    "22C0AF 22, 2", // overlong form of a slash
    "22E080AF 22, 2", // overlong form in three bytes
    "22F08080AF 22, 2", // overlong form in four bytes
    "22EDA080 22, 2", // a surrogate
    "22F4908080 22, 2", // above U+10FFFF
    "22F5808080 22, 2",
    "22FE 22, 2",
    "22C3, 2", // ends in a character
    "22E282, 2",
    "22F09F98, 2",
    "FFFE7B007D00, 1", // UTF-16 with a byte order mark
    "7B007D00, 2", // UTF-16 without one
    "0000007B0000007D, 1", // UTF-32
    "220022, 2" // NUL
  })
  void refuses_invalid_utf8(String hex, int column) {
    InvalidJsonException e = refused(HexFormat.of().parseHex(hex.replace(" ", "")));

    assertThat(e).hasMessage("The text is not valid UTF-8");
    assertThat(e.line()).isEqualTo(1);
    assertThat(e.column()).isEqualTo(column);
  }

  @Test
  void finds_the_line_of_invalid_utf8() {
    InvalidJsonException e = refused(HexFormat.of().parseHex("7b0a0a2022ff"));

    assertThat(e.line()).isEqualTo(3);
    assertThat(e.column()).isEqualTo(3);
    assertThat(e.describe()).isEqualTo("The text is not valid UTF-8 (line 3, column 3)");
  }

  @Test
  void refuses_a_byte_order_mark() {
    assertThat(refused("\uFEFF{}")).hasMessageContaining("byte order mark");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\\ud800\"", "\"\\udc00x\"", "\"\\uD83Dx\""})
  void refuses_half_characters(String text) {
    assertThat(refused(text)).hasMessageContaining("half of a character");
  }

  @Test
  void refuses_half_a_character_in_a_name() {
    assertThat(refused("{\"\\ud800\":1}").column()).isPositive();
  }

  @Test
  void refuses_half_a_character_in_a_string() {
    InvalidJsonException e =
        catchThrowableOfType(InvalidJsonException.class, () -> Json.read("{\n\"\uD800\"}"));

    assertThat(e).hasMessage("The text holds half of a character");
    assertThat(e.describe()).endsWith("(line 2, column 2)");
  }

  @Test
  void takes_a_character_of_two_escapes() throws InvalidJsonException {
    assertThat(Json.read("\"\\ud83d\\ude00\"").stringValue()).isEqualTo("\uD83D\uDE00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\":1,\"a\":1}", "[{\"b\":{\"\":1,\"\":null}}]", "{\"a\":1,\"\\u0061\":2}"})
  void refuses_a_name_that_stands_twice(String text) {
    assertThat(refused(text)).hasMessage("A name stands twice in one object");
  }

  @Test
  void tells_the_place_but_nothing_of_the_text() {
    InvalidJsonException e = refused("{\n  \"password\": hunter2\n}");

    assertThat(e.describe()).contains("line 2").doesNotContain("hunter").doesNotContain("password");
    assertThat(e.getStackTrace()).isEmpty();
  }

  @Test
  void bounds_depth() throws InvalidJsonException {
    assertThat(Json.read("[".repeat(64) + "]".repeat(64)).size()).isEqualTo(1);
    assertThat(refused("[".repeat(65) + "]".repeat(65))).hasMessageContaining("64 levels");
    assertThat(refused("{\"a\":".repeat(65) + "1" + "}".repeat(65)))
        .hasMessageContaining("64 levels");
    assertThat(refused("[".repeat(1_000_000))).hasMessageContaining("64 levels");
  }

  @Test
  void siblings_do_not_add_to_the_depth() throws InvalidJsonException {
    assertThat(Json.read("[" + "[],{},".repeat(100) + "1]").size()).isEqualTo(201);
  }

  @Test
  void bounds_numbers() throws InvalidJsonException {
    assertThat(Json.read("1".repeat(1_000)).isBigInteger()).isTrue();
    assertThat(refused("1".repeat(1_001))).hasMessageContaining("1000 characters");
    assertThat(refused("0." + "1".repeat(1_000))).hasMessageContaining("1000 characters");
    assertThat(refused("1".repeat(900) + "e400")).hasMessageContaining("1000 digits");
    assertThat(refused("1".repeat(1_000_000))).hasMessageContaining("1000 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e401", "1E+401", "1e-401", "1e400000000", "-2.5e99999999999999999999"})
  @Timeout(1)
  void bounds_exponents(String text) {
    assertThat(refused(text)).hasMessage("The exponent of a number is beyond 400");
  }

  @Test
  void bounds_names() throws InvalidJsonException {
    assertThat(Json.read("{\"" + "a".repeat(4_096) + "\":1}").size()).isEqualTo(1);
    assertThat(refused("{\"" + "a".repeat(4_097) + "\":1}")).hasMessageContaining("name is longer");
  }

  @Test
  void bounds_strings() {
    assertThat(refused("\"" + "a".repeat(Json.MAX_STRING_LENGTH + 1) + "\""))
        .hasMessageContaining("string is longer");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "7, 7",
    "-2147483648, -2147483648",
    "2147483648, 2147483648",
    "-9223372036854775808, -9223372036854775808",
    "9223372036854775807, 9223372036854775807",
    "9223372036854775808, 9223372036854775808",
    "123456789012345678901234567890, 123456789012345678901234567890",
    "1.0, 1.0",
    "1.10, 1.10",
    "-0.0, 0.0",
    "0.1, 0.1",
    "1e2, 100",
    "1.5e1, 15",
    "1.5e0, 1.5",
    "1E-7, 0.0000001",
    "12345678901234567890.123456789, 12345678901234567890.123456789"
  })
  void keeps_numbers_exact_and_writes_them_plainly(String read, String written)
      throws InvalidJsonException {
    assertThat(Json.toText(Json.read(read))).isEqualTo(written);
  }

  @Test
  void keeps_trailing_zeros() throws InvalidJsonException {
    assertThat(Json.read("1.00").decimalValue()).isEqualTo(new BigDecimal("1.00"));
    assertThat(Json.read("1e2").isInt()).isTrue();
    assertThat(Json.read("1e30").bigIntegerValue()).isEqualTo(BigInteger.TEN.pow(30));
  }

  @Test
  void writes_numbers_that_did_not_come_from_a_text() {
    assertThat(Json.toText(FloatNode.valueOf(0.1f))).isEqualTo("0.1");
    assertThat(Json.toText(DoubleNode.valueOf(1e21))).isEqualTo("1000000000000000000000");
    assertThat(Json.toText(ShortNode.valueOf((short) -3))).isEqualTo("-3");
    assertThat(Json.toText(DecimalNode.valueOf(new BigDecimal("1e2000")))).isEqualTo("1E+2000");
    assertThatThrownBy(() -> Json.toText(DoubleNode.valueOf(Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Json.toText(MissingNode.getInstance()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Json.toText(BinaryNode.valueOf(new byte[1])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void escapes_what_must_be_escaped() {
    String text = "\"\\/\b\f\n\r\t\u0000\u001f\u007f\u00e9\u20ac\uD83D\uDE00\uD800";

    assertThat(Json.toText(StringNode.valueOf(text)))
        .isEqualTo(
            "\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\\u0000\\u001f\u007f\u00e9\u20ac\uD83D\uDE00\\ud800\"");
  }

  @Test
  void writes_a_pair_across_a_chunk() throws InvalidJsonException {
    String text = "a".repeat(1_023) + "\uD83D\uDE00" + "\u0001".repeat(2_000);

    assertThat(Json.read(Json.toBytes(StringNode.valueOf(text))).stringValue()).isEqualTo(text);
  }

  @Test
  void reads_buffers_on_and_off_the_heap() throws InvalidJsonException {
    byte[] bytes = "{\"a\":[1,true,null]}".getBytes(StandardCharsets.UTF_8);
    Buffer direct = BufferInternal.buffer(Unpooled.directBuffer().writeBytes(bytes).asReadOnly());
    Buffer slice = Buffer.buffer("xx" + new String(bytes, StandardCharsets.UTF_8)).slice(2, 21);

    assertThat(Json.read(Buffer.buffer(bytes))).isEqualTo(Json.read(bytes));
    assertThat(Json.read(direct)).isEqualTo(Json.read(bytes));
    assertThat(Json.read(slice)).isEqualTo(Json.read(bytes));
    assertThat(Json.toBuffer(Json.read(bytes)).getBytes()).isEqualTo(bytes);
  }

  @Test
  @Timeout(10)
  void stops_writing_at_the_limit() {
    JsonNode big = StringNode.valueOf("x".repeat(1_000_000));
    ArrayNode many = new ArrayNode(JsonNodeFactory.instance);
    for (int i = 0; i < 100_000; i++) {
      many.add(big);
    }

    assertThat(Json.toBuffer(many, 10_000)).isNull();
    assertThat(Json.toBuffer(StringNode.valueOf("12345678"), 10).length()).isEqualTo(10);
    assertThat(Json.toBuffer(StringNode.valueOf("123456789"), 10)).isNull();
    assertThat(Json.toBuffer(new ArrayNode(JsonNodeFactory.instance), 1)).isNull();
  }

  @Test
  void reads_a_large_text_in_time() {
    byte[] text =
        ("[" + "{\"name\":\"value\",\"number\":12.5},".repeat(20_000) + "1]")
            .getBytes(StandardCharsets.UTF_8);

    assertTimeout(Duration.ofSeconds(5), () -> Json.read(text));
  }
}
