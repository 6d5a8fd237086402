package dev.millrace.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void refuseWhatCannotWork() {
    JournalOptions journal = JournalOptions.DEFAULT;

    assertThatThrownBy(
            () ->
                new JournalOptions(
                    0,
                    1,
                    1,
                    1,
                    Duration.ZERO,
                    1,
                    Duration.ZERO,
                    Duration.ofMillis(1),
                    Duration.ofMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new JournalOptions(
                    1,
                    1,
                    1,
                    1,
                    Duration.ZERO,
                    1,
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ofMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DatabaseOptions.DEFAULT.withRetention(Duration.ofHours(1)))
        .hasMessageContaining("a day at least");
    assertThatThrownBy(() -> new Leases(null, null, Duration.ofMillis(1)))
        .hasMessageContaining("lease");
    assertThat(DatabaseOptions.DEFAULT.withJournal(journal, JournalMetrics.NONE))
        .isEqualTo(DatabaseOptions.DEFAULT);
  }

  @Test
  void theSilentListenerHearsEverything() {
    JournalMetrics.NONE.committed(1, 1);
    JournalMetrics.NONE.pending(1, 1);
    JournalMetrics.NONE.refused();
    JournalMetrics.NONE.retried(1);
    assertThat(JournalMetrics.NONE).isNotNull();
  }
}
