package dev.millrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.json.Json;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link PlanStore} does. */
public abstract class PlanStoreContract {
  /** The store under test. */
  protected abstract PlanStore store();

  @Test
  void givesBackWhatItKeepsByItsHash() throws Exception {
    PlanVersion plan =
        PlanVersion.of("default", pinned("w", 1), List.of(pinned("b", 2), pinned("a", 1)));

    await(store().keep(plan));
    await(store().keep(plan));

    assertThat(await(store().find(plan.hash()))).contains(plan);
    assertThat(plan.tasks()).extracting(PinnedDefinition::name).containsExactly("a", "b");
    assertThat(await(store().find("sha256:unknown"))).isEmpty();
  }

  @Test
  void aPlanIsNamedByTheVersionsOfTheWorkflowAndOfItsTasks() throws Exception {
    PlanVersion plan = PlanVersion.of("default", pinned("w", 1), List.of(pinned("a", 1)));

    assertThat(plan.hash()).startsWith("sha256:");
    assertThat(PlanVersion.of("default", pinned("w", 1), List.of(pinned("a", 1)))).isEqualTo(plan);
    assertThat(
            List.of(
                PlanVersion.of("default", pinned("w", 2), List.of(pinned("a", 1))).hash(),
                PlanVersion.of("default", pinned("w", 1), List.of(pinned("a", 2))).hash(),
                PlanVersion.of("default", pinned("w", 1), List.of(pinned("b", 1))).hash(),
                PlanVersion.of("other", pinned("w", 1), List.of(pinned("a", 1))).hash()))
        .doesNotHaveDuplicates()
        .doesNotContain(plan.hash());
  }

  private static PinnedDefinition pinned(String name, int version) throws Exception {
    return new PinnedDefinition(
        name, "sha256:" + version, Json.read("{\"z\":1.10,\"a\":" + version + "}"));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
