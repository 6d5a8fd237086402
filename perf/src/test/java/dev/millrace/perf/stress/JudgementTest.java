package dev.millrace.perf.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JudgementTest {
  private final Judgement judgement = new Judgement();

  @Test
  void holdsWhereEveryLineDoes() {
    judgement.atLeast("goodput", 0.8, 0.8);
    judgement.atMost("growth", 0.1, 0.1);
    judgement.none("failed", 0);
    judgement.same("on record", 7, 7);

    assertThat(judgement.holds()).isTrue();
  }

  @Test
  void failsWithOneLine() {
    judgement.atLeast("goodput", 0.9, 0.8);
    judgement.atMost("growth", 0.11, 0.1);

    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    judgement.print(new PrintStream(printed, true, StandardCharsets.UTF_8));

    assertThat(judgement.holds()).isFalse();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("ok    goodput: 0.90 (at least 0.80)")
        .contains("FAILS growth: 0.11 (at most 0.10)");
  }

  @Test
  void takesWhatIsNoNumberForAFailure() {
    judgement.atMost("a ratio of nothing", Double.NaN, 1);

    assertThat(judgement.holds()).isFalse();
  }

  @Test
  void doesNotHoldWithoutExpectations() {
    assertThat(judgement.holds()).isFalse();
  }

  @Test
  void countsWhatMustNotHappenAndWhatMustAgree() {
    judgement.none("failed", 1);
    judgement.same("on record", 6, 7);

    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    judgement.print(new PrintStream(printed, true, StandardCharsets.UTF_8));

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("  FAILS failed: 1 (expected none)", "  FAILS on record: 6 (expected 7)");
  }
}
