package dev.millrace.engine.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonProperties {
  private static final JsonMapper MAPPER = new JsonMapper();

  @Provide
  Arbitrary<JsonNode> values() {
    return JsonValues.values();
  }

  @Property
  void what_is_written_reads_as_the_same(@ForAll("values") JsonNode value) throws Exception {
    assertThat(Json.read(Json.toBytes(value))).isEqualTo(value);
    assertThat(Json.read(Json.toText(value))).isEqualTo(value);
    assertThat(Json.read(Json.toBuffer(value))).isEqualTo(value);
  }

  @Property
  void others_read_what_is_written(@ForAll("values") JsonNode value) {
    assertThat(MAPPER.writeValueAsString(MAPPER.readTree(Json.toBytes(value)))).isNotNull();
  }

  @Property
  void the_bus_keeps_values(@ForAll("values") JsonNode value) throws Exception {
    assertThat(VertxJson.fromVertx(VertxJson.toVertx(value))).isEqualTo(value);
  }

  @Property
  void canonical_texts_are_stable(@ForAll("values") JsonNode value) throws Exception {
    byte[] canonical = CanonicalJson.toBytes(value);

    assertThat(CanonicalJson.toBytes(Json.read(canonical))).isEqualTo(canonical);
  }

  @Property(tries = 5_000)
  void bytes_are_well_formed_where_the_platform_says_so(@ForAll @Size(max = 6) byte[] bytes) {
    boolean wellFormed;
    try {
      wellFormed =
          StandardCharsets.UTF_8
                  .newDecoder()
                  .decode(ByteBuffer.wrap(bytes))
                  .toString()
                  .indexOf('\0')
              < 0;
    } catch (CharacterCodingException e) {
      wellFormed = false;
    }

    assertThat(Unicode.malformed(bytes, 0, bytes.length) == bytes.length).isEqualTo(wellFormed);
  }

  @Property(tries = 5_000)
  void plain_bytes_are_ascii_without_nul_and_backslash(
      @ForAll("mostlyPlain") byte[] bytes, @ForAll @IntRange(max = 3) int from) {
    int start = Math.min(from, bytes.length);
    boolean plain = true;
    for (int i = start; i < bytes.length; i++) {
      plain &= bytes[i] > 0 && bytes[i] != '\\';
    }

    assertThat(Unicode.isPlain(bytes, start, bytes.length)).isEqualTo(plain);
  }

  @Provide
  Arbitrary<byte[]> mostlyPlain() {
    Arbitrary<Byte> ascii = Arbitraries.bytes().between((byte) 1, Byte.MAX_VALUE);
    Arbitrary<Byte> any = Arbitraries.of((byte) 0, (byte) '\\', (byte) 0x80, (byte) 0xFF, (byte) 1);
    return Arbitraries.frequencyOf(Tuple.of(30, ascii), Tuple.of(1, any))
        .array(byte[].class)
        .ofMaxSize(40);
  }

  @Property(tries = 5_000)
  void no_bytes_are_more_than_a_refusal(@ForAll @Size(max = 40) byte[] bytes) {
    try {
      assertThat(Json.read(bytes)).isNotNull();
    } catch (InvalidJsonException e) {
      assertThat(e.line()).isPositive();
    }
  }
}
