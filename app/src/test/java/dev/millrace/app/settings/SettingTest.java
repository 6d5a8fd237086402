package dev.millrace.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {

  @Test
  void namesFollowOneRule() {
    assertThat(SettingTable.HTTP_PORT.environment()).isEqualTo("MILLRACE_HTTP_PORT");
    assertThat(SettingTable.HTTP_PORT.flag()).isEqualTo("--http-port");
    assertThat(SettingTable.MAX_BODY_BYTES.environment()).isEqualTo("MILLRACE_MAX_BODY_BYTES");
    assertThat(SettingTable.MAX_BODY_BYTES.flag()).isEqualTo("--max-body-bytes");
  }

  @Test
  void everySettingIsDocumentedOnceAndItsDefaultFits() {
    Set<String> names = new HashSet<>();
    for (Setting<?> setting : SettingTable.ALL) {
      assertThat(names.add(setting.name())).as(setting.name()).isTrue();
      assertThat(setting.documentation()).as(setting.name()).endsWith(".");
      if (setting.defaultText() != null) {
        assertThat(setting.type().parser().parse(setting.defaultText()).isPresent())
            .as(setting.name())
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://me:secret@db/x, postgresql://me:***@db/x",
    "postgresql://me:se@cr/et@db/x, postgresql://me:***@db/x",
    "postgresql://me@db/x, postgresql://me@db/x",
    "postgresql://db/x?user=a&password=secret&sslmode=require,"
        + " postgresql://db/x?user=a&password=***&sslmode=require",
  })
  void passwordsAreMasked(String given, String shown) {
    assertThat(SettingTable.DATABASE_URL.shown(given)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"1024,1024", "2048B,2048", "1KiB,1024", "3 MiB,3145728"})
  void sizesHaveBinaryUnits(String text, int bytes) {
    assertThat(SettingTable.MAX_BODY_BYTES.type().parser().parse(text)).contains(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "-1", "1MB", "1GiB", "999999999999GiB", "1.5MiB", "NaN"})
  void otherSizesAreRefused(String text) {
    assertThat(SettingTable.MAX_BODY_BYTES.type().parser().parse(text)).isEmpty();
  }

  @Test
  void durationsHaveUnitsAndBounds() {
    ValueType<Duration> type = ValueType.duration(Duration.ofMillis(1), Duration.ofHours(2));

    assertThat(type.parser().parse("250ms")).contains(Duration.ofMillis(250));
    assertThat(type.parser().parse("2h")).contains(Duration.ofHours(2));
    assertThat(type.parser().parse("5m")).contains(Duration.ofMinutes(5));
    assertThat(type.parser().parse("3h")).isEmpty();
    assertThat(type.parser().parse("0s")).isEmpty();
    assertThat(type.parser().parse("5")).isEmpty();
    assertThat(type.expectation()).contains("from 1ms to 2h");
  }

  @Test
  void theOtherTypesTakeWhatTheySayOnly() {
    assertThat(ValueType.flag().parser().parse("yes")).isEmpty();
    assertThat(ValueType.flag().parser().parse("true")).contains(true);
    assertThat(ValueType.text().parser().parse(" ")).isEmpty();
    assertThat(ValueType.directory().parser().parse("")).isEmpty();
    assertThat(ValueType.directory().parser().parse("\0")).isEmpty();
    assertThat(ValueType.names().parser().parse("a,,b")).isEmpty();
    assertThat(ValueType.names().parser().parse("a, b").map(Object::toString))
        .isEqualTo(Optional.of("[a, b]"));
    assertThat(ValueType.databaseUrl().parser().parse("no address")).isEmpty();
    assertThat(ValueType.databaseUrl().parser().parse("postgresql://me@db/x")).isPresent();
    assertThat(ValueType.choice(LogFormat.class).parser().parse("JSON")).isEmpty();
    assertThat(ValueType.port().parser().parse("65536")).isEmpty();
  }
}
