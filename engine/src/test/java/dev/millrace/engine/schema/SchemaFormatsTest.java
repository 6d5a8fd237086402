package dev.millrace.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.format.DateFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class SchemaFormatsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b",
        "a@b.co",
        "first.last+tag@mail.example.org",
        "o'neil@example.com",
        "ops@service.internal",
        "A@B.C",
        "_a-@xn--p1ai.com",
        "\"quoted @ \\\" text\"@example.com",
        "a@[192.0.2.1]",
        "a@[IPv6:2001:db8::1]",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@b.com"
      })
  void takesMailAddresses(String address) throws InvalidSchemaException {
    assertThat(accepts("email", address)).isTrue();
    assertThat(accepts("idn-email", address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "@b.co",
        "a@",
        "a@b@c.co",
        "a..b@c.de",
        ".a@c.de",
        "a.@c.de",
        "a b@c.de",
        "a@b-.co",
        "a@-b.co",
        "a@b..co",
        "a@b.co.",
        "a@b_c.co",
        "a@b.co\n",
        "\"a@b.co",
        "\"@b.co",
        "\"a\"b\"@c.de",
        "\"a\\\"@c.de",
        "\"a\u0007\"@c.de",
        "a@[192.0.2.256]",
        "a@[192.0.2.1",
        "a@[IPv6:2001:db8::1::2]",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@b.com",
        "a@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com"
      })
  void refusesWhatIsNoMailAddress(String text) throws InvalidSchemaException {
    assertThat(accepts("email", text)).isFalse();
    assertThat(accepts("idn-email", text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"grüße@example.com", "a@bücher.example", "用户@例子.广告", "\"grüße\"@example.com"})
  void takesInternationalMailAddressesWhereAskedTo(String address) throws InvalidSchemaException {
    assertThat(accepts("email", address)).isFalse();
    assertThat(accepts("idn-email", address)).isTrue();
  }

  @Test
  void takesTheDatesThatTheLibraryTakes() throws InvalidSchemaException {
    SplittableRandom random = new SplittableRandom(3);
    DateFormat library = new DateFormat();
    CompiledSchema schema = schema("date");
    String alphabet = "0123456789-";
    for (int turn = 0; turn < 50_000; turn++) {
      String text =
          turn % 2 == 0
              ? "%04d-%02d-%02d"
                  .formatted(random.nextInt(10_000), random.nextInt(15), random.nextInt(34))
              : random
                  .ints(random.nextInt(12), 0, alphabet.length())
                  .collect(
                      StringBuilder::new,
                      (word, letter) -> word.append(alphabet.charAt(letter)),
                      StringBuilder::append)
                  .toString();
      assertThat(schema.accepts(JsonNodeFactory.instance.stringNode(text)))
          .as(text)
          .isEqualTo(library.matches(null, text));
    }
  }

  private static boolean accepts(String format, String text) throws InvalidSchemaException {
    return schema(format).accepts(JsonNodeFactory.instance.stringNode(text));
  }

  private static CompiledSchema schema(String format) throws InvalidSchemaException {
    return CompiledSchema.compile(
        JsonNodeFactory.instance.objectNode().put("type", "string").put("format", format));
  }
}
