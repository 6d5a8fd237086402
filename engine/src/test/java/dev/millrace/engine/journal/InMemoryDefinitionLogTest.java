package dev.millrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InMemoryDefinitionLogTest extends DefinitionLogContract {
  private final InMemoryDefinitionLog log = new InMemoryDefinitionLog(4);

  @Override
  protected DefinitionLog log() {
    return log;
  }

  @Test
  void keepsTheNewestChangesOnly() throws Exception {
    for (int i = 0; i < 6; i++) {
      log.record(saved("{\"a\":" + i + "}", "ada"));
    }

    DefinitionChange any = saved("{}", null);
    assertThat(await(log.versions(any.name(), 0, 10))).hasSize(4);
    assertThatThrownBy(() -> new InMemoryDefinitionLog(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new DefinitionChange(any.name(), any.versionHash(), null, null, "x", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
