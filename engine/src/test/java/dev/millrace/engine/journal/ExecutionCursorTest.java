package dev.millrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionCursorTest {
  @Test
  void comesBackFromItsText() {
    ExecutionCursor cursor =
        new ExecutionCursor(1_764_000_000_000_001L, "0199aaaa-0000-7000-8000-000000000001");

    assertThat(ExecutionCursor.decode(cursor.encode())).isEqualTo(cursor);
    assertThat(cursor.encode()).matches("[A-Za-z0-9_-]{32}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> ExecutionCursor.decode(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a cursor");
  }

  @Test
  void aQueryGoesOnAtACursor() {
    ExecutionCursor cursor = new ExecutionCursor(1, "0199aaaa-0000-7000-8000-000000000001");
    ExecutionQuery newest = ExecutionQuery.newest("default", "w");

    assertThat(newest.after()).isNull();
    assertThat(newest.after(cursor).after()).isEqualTo(cursor);
    assertThatThrownBy(() -> new ExecutionQuery("default", "w", null, 0, 1, 10_001, 1))
        .hasMessageContaining("cursor");
  }
}
