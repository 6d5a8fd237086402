package dev.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String VALID = "00-" + TRACE + "-b7ad6b7169203331-01";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-" + TRACE + "-b7ad6b7169203331-0",
        "00-" + TRACE + "-b7ad6b7169203331-01-",
        "00-" + TRACE + "-b7ad6b7169203331-0g",
        "00-" + TRACE + "-0000000000000000-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "ff-" + TRACE + "-b7ad6b7169203331-01",
        "0x-" + TRACE + "-b7ad6b7169203331-01",
        "01-" + TRACE + "-b7ad6b7169203331-01more",
        "00_" + TRACE + "-b7ad6b7169203331-01",
        "00-" + TRACE + "_b7ad6b7169203331-01",
        "00-" + TRACE + "-b7ad6b7169203331_01",
      })
  void refuses(String header) {
    assertThat(TraceParent.isValid(header)).isFalse();
  }

  @Test
  void takesAlsoLaterVersions() {
    assertThat(TraceParent.isValid(null)).isFalse();
    assertThat(TraceParent.isValid(VALID)).isTrue();
    assertThat(TraceParent.isValid("01" + VALID.substring(2))).isTrue();
    assertThat(TraceParent.isValid("01" + VALID.substring(2) + "-more")).isTrue();
  }

  @Test
  void aChildKeepsTraceAndFlags() {
    RandomGenerator random = new SplittableRandom(3);
    String child = TraceParent.child("01" + VALID.substring(2) + "-more", random);
    assertThat(TraceParent.isValid(child)).isTrue();
    assertThat(child).startsWith("00-" + TRACE + "-").endsWith("-01").hasSize(55);
    assertThat(child).isNotEqualTo(VALID).isNotEqualTo(TraceParent.child(VALID, random));
  }

  @Test
  void aChildIsNeverZero() {
    RandomGenerator firstZero =
        new RandomGenerator() {
          private long next;

          @Override
          public long nextLong() {
            return next++;
          }
        };
    assertThat(TraceParent.child(VALID, firstZero)).contains("-0000000000000001-");
  }

  @Test
  void statesArePrintableAndShort() {
    assertThat(TraceParent.isValidState("a=1,b=2")).isTrue();
    assertThat(TraceParent.isValidState(null)).isFalse();
    assertThat(TraceParent.isValidState("")).isFalse();
    assertThat(TraceParent.isValidState("a\r\nb")).isFalse();
    assertThat(TraceParent.isValidState("a".repeat(513))).isFalse();
  }
}
