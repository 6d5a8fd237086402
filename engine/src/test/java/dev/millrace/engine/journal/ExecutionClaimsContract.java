package dev.millrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every gateway can do with paused executions, wherever they are kept. */
public abstract class ExecutionClaimsContract {
  /** An empty journal, open for this test. */
  protected abstract Journal journal();

  /** Reads the journal's facts. */
  protected abstract History history();

  /** Claims the journal's executions. */
  protected abstract ExecutionClaims claims();

  private static <T> T await(Future<T> future) {
    return JournalContract.await(future);
  }

  private void pause(int number) {
    await(journal().append(Facts.started(number, "flow", 1_000)));
    await(journal().append(Facts.task(number, 0, TaskStatus.Succeeded)));
    await(journal().append(new Fact.ExecutionPaused(Facts.id(number), 2_000)));
  }

  private ExecutionStatus status(int number) {
    return await(history().find(Facts.id(number))).orElseThrow().summary().status();
  }

  @Test
  void whatRunsOrIsNotKnownIsNotPaused() {
    await(journal().append(Facts.started(1, "flow", 1_000)));

    assertThat(await(claims().claimPaused(Facts.id(1)))).isEmpty();
    assertThat(await(claims().claimPausedToCancel(Facts.id(1)))).isEmpty();
    assertThat(await(claims().claimPaused(Facts.id(2)))).isEmpty();
    assertThat(await(claims().claimPausedToCancel("no id"))).isEmpty();
    assertThat(await(claims().claimOrphans(10))).isEmpty();
  }

  @Test
  void aPausedExecutionGoesOnOnce() {
    pause(1);
    assertThat(status(1)).isEqualTo(ExecutionStatus.Paused);

    Optional<ClaimedExecution> claimed = await(claims().claimPaused(Facts.id(1)));

    assertThat(claimed)
        .hasValueSatisfying(
            claim -> {
              assertThat(claim.execution().summary().status()).isEqualTo(ExecutionStatus.Running);
              assertThat(claim.execution().tasks()).hasSize(1);
              assertThat(claim.requested()).isNull();
            });
    assertThat(await(claims().claimPaused(Facts.id(1)))).isEmpty();
    await(journal().append(Facts.task(1, 1, TaskStatus.Succeeded)));
    await(journal().append(Facts.ended(1, ExecutionStatus.Succeeded, 9_000)));
    assertThat(await(history().find(Facts.id(1))).orElseThrow().tasks()).hasSize(2);
    assertThat(status(1)).isEqualTo(ExecutionStatus.Succeeded);
  }

  @Test
  void aPausedExecutionIsEndedByWhoClaimsIt() {
    pause(1);

    Optional<ClaimedExecution> claimed = await(claims().claimPausedToCancel(Facts.id(1)));

    assertThat(claimed)
        .hasValueSatisfying(
            claim -> assertThat(claim.requested()).isEqualTo(ControlRequest.Cancel));
    await(journal().append(Facts.task(1, 1, TaskStatus.Cancelled)));
    await(journal().append(Facts.ended(1, ExecutionStatus.Cancelled, 9_000)));
    assertThat(status(1)).isEqualTo(ExecutionStatus.Cancelled);
    assertThat(await(claims().claimPaused(Facts.id(1)))).isEmpty();
    assertThat(await(claims().claimPausedToCancel(Facts.id(1)))).isEmpty();
  }

  @Test
  void aPausedExecutionGoesOnByOtherDefinitions() {
    pause(1);

    Optional<ClaimedExecution> claimed =
        await(claims().claimPaused(Facts.id(1), "sha256:new", "sha256:plan", Map.of(0, 3)));

    assertThat(claimed)
        .hasValueSatisfying(
            claim -> {
              assertThat(claim.execution().summary().versionHash()).isEqualTo("sha256:new");
              assertThat(claim.execution().planHash()).isEqualTo("sha256:plan");
              assertThat(claim.execution().tasks()).extracting(TaskRecord::slot).containsExactly(3);
            });
  }
}
