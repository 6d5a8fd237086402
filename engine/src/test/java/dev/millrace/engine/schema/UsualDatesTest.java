package dev.millrace.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.format.DateFormat;
import com.networknt.schema.format.DateTimeFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsualDatesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-25T10:00:00Z",
        "0001-01-01T00:00:00Z",
        "9999-12-28T23:59:59.999999999Z",
        "2026-11-25T10:00:00.1Z"
      })
  void knowsUsualTimes(String text) {
    assertThat(UsualDates.isDateTime(text)).isTrue();
    assertThat(UsualDates.isDate(text.substring(0, 10))).isTrue();
    assertThat(UsualDates.isDate(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-11-25",
        "2026-11-25T10:00:00",
        "2026-11-25 10:00:00Z",
        "2026-13-25T10:00:00Z",
        "2026-00-25T10:00:00Z",
        "2026-11-00T10:00:00Z",
        "2026-11-29T10:00:00Z",
        "2026-11-25T24:00:00Z",
        "2026-11-25T10:60:00Z",
        "2026-11-25T10:00:60Z",
        "2026-11-25T10:00:00.Z",
        "2026-11-25T10:00:00.1234567890Z",
        "2026-11-25T10:00:00.1aZ",
        "2026-11-25T10:00:00,1Z",
        "2026-11-25T10-00:00Z",
        "2026-11-25T10:00-00Z",
        "2026/11-25T10:00:00Z",
        "2026-11/25T10:00:00Z",
        "+026-11-25T10:00:00Z",
        "2026-11-25T1٣:00:00Z"
      })
  void leavesOthersAlone(String text) {
    assertThat(UsualDates.isDateTime(text)).isFalse();
  }

  @Test
  void whatItKnowsIsValid() {
    DateTimeFormat times = new DateTimeFormat();
    DateFormat dates = new DateFormat();
    Random random = new Random(25);
    String usual = "2026-11-25T10:05:59.250Z";
    String alphabet = "0123456789-:TZ.+";
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder(usual);
      for (int change = random.nextInt(4); change >= 0; change--) {
        text.setCharAt(
            random.nextInt(text.length()), alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String changed = text.toString();
      assertThat(!UsualDates.isDateTime(changed) || times.matches(null, changed))
          .as(changed)
          .isTrue();
      String date = changed.substring(0, 10);
      assertThat(!UsualDates.isDate(date) || dates.matches(null, date)).as(date).isTrue();
    }
  }
}
