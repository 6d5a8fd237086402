package dev.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.zip.ZipException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What was compressed comes out as it was, and never more than may. */
class ContentDecoderProperties {
  private static final int MANY = 1 << 24;

  /** A form of compression, as services have it. */
  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  enum Form {
    GZIP("gzip", Compression::gzip),
    GZIP_WITH_ALL_FIELDS("x-gzip", Compression::gzipOfManyFields),
    TWO_MEMBERS("gzip", Compression::gzipOfTwoMembers),
    ZLIB("deflate", Compression::deflate),
    RAW("deflate", Compression::rawDeflate);

    private final String coding;
    private final Function<String, byte[]> compression;

    Form(String coding, Function<String, byte[]> compression) {
      this.coding = coding;
      this.compression = compression;
    }

    byte[] of(String text) {
      return compression.apply(text);
    }

    Buffer decode(Buffer coded, int maxBytes) throws IOException {
      MultiMap headers = HttpHeaders.headers().add("content-encoding", coding);
      return ContentDecoder.take(headers).decode(coded, maxBytes);
    }
  }

  @Provide
  static Arbitrary<String> texts() {
    Arbitrary<Character> few = Arbitraries.chars().range('a', 'd');
    Arbitrary<Character> many = Arbitraries.chars().range(' ', '~');
    return Arbitraries.oneOf(
        Arbitraries.oneOf(few, many).list().ofMaxSize(300).map(ContentDecoderProperties::text),
        few.flatMap(one -> Arbitraries.integers().between(1, 70_000).map(one.toString()::repeat)));
  }

  private static String text(List<Character> characters) {
    StringBuilder text = new StringBuilder();
    characters.forEach(text::append);
    return text.toString();
  }

  @Property(tries = 300)
  void comesOutAsItWas(@ForAll("texts") String text, @ForAll Form form) throws IOException {
    Buffer body = form.decode(Buffer.buffer(form.of(text)), MANY);

    assertThat(body.toString(StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @Property(tries = 300)
  void neverBecomesLongerThanItMay(
      @ForAll("texts") String text,
      @ForAll Form form,
      @ForAll @IntRange(min = 1, max = 80_000) int maxBytes)
      throws IOException {
    Buffer body = form.decode(Buffer.buffer(form.of(text)), maxBytes);

    assertThat(body != null).isEqualTo(text.length() <= maxBytes);
  }

  @Property(tries = 300)
  void refusesWhatItCannotDecodeInOneWayOnly(@ForAll byte[] bytes, @ForAll Form form) {
    // The beginning of a real one leads the bytes past the first check.
    Buffer input = Buffer.buffer().appendBytes(form.of(""), 0, 2).appendBytes(bytes);
    try {
      Buffer body = form.decode(input, 100);
      assertThat(body == null || body.length() <= 100).isTrue();
    } catch (IOException broken) {
      assertThat(broken.getStackTrace()).isNotEmpty();
    }
  }

  @Example
  void refusesWhatIsTooShort() {
    for (Form form : Form.values()) {
      for (byte[] bytes : new byte[][] {{}, {0x78}}) {
        assertThatThrownBy(() -> form.decode(Buffer.buffer(bytes), MANY))
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Example
  void needsNoDictionary() {
    byte[] zlib = Compression.deflate("text");
    zlib[1] = (byte) ((zlib[1] & 0xc0) | 0x20);
    zlib[1] += (byte) (31 - (((zlib[0] & 0xff) << 8) | (zlib[1] & 0xff)) % 31);

    assertThatThrownBy(() -> Form.ZLIB.decode(Buffer.buffer(zlib), MANY))
        .isInstanceOf(ZipException.class)
        .hasMessageContaining("dictionary");
  }
}
