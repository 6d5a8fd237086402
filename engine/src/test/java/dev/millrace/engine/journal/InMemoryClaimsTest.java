package dev.millrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.Durability;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.NullNode;

class InMemoryClaimsTest extends ExecutionClaimsContract {
  private final InMemoryJournal journal = new InMemoryJournal(100, 1_000_000);

  @Override
  protected Journal journal() {
    return journal;
  }

  @Override
  protected History history() {
    return journal;
  }

  @Override
  protected ExecutionClaims claims() {
    return journal;
  }

  @Test
  void pagesFollowEachOther() {
    for (int i = 0; i < 7; i++) {
      start(i, i / 2);
    }
    ExecutionQuery query =
        new ExecutionQuery("default", "w", null, Long.MIN_VALUE, Long.MAX_VALUE, 0, 3);

    List<ExecutionSummary> seen = new ArrayList<>();
    ExecutionPage page = journal.list(query).result();
    seen.addAll(page.items());
    while (page.next() != null) {
      page = journal.list(query.after(page.next())).result();
      assertThat(page.total()).isEqualTo(7);
      seen.addAll(page.items());
    }

    assertThat(seen)
        .hasSize(7)
        .isEqualTo(journal.list(ExecutionQuery.newest("default", "w")).result().items());
  }

  private void start(int number, long at) {
    journal.append(
        new Fact.ExecutionStarted(
            id(number),
            "default",
            "w",
            "sha256:0",
            "sha256:plan",
            Durability.Durable,
            NullNode.instance,
            at,
            at + 10));
  }

  private static String id(int number) {
    return "0199aaaa-0000-7000-8000-00000000000" + number;
  }
}
