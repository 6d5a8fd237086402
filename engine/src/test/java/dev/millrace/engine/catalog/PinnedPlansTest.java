package dev.millrace.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.journal.InMemoryPlanStore;
import dev.millrace.engine.journal.PlanStore;
import dev.millrace.engine.journal.PlanVersion;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.validation.ResourceSet;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PinnedPlansTest {
  private final Vertx vertx = Vertx.vertx();
  private final InMemoryPlanStore store = new InMemoryPlanStore();
  private final ExecutionPlan plan = PinnedPlansTest.plan();

  private static ExecutionPlan plan() {
    ReadResult read =
        ResourceReader.read(
            "flow.yaml",
            """
            apiVersion: millrace.dev/v1
            kind: WorkflowTask
            metadata: { name: look }
            spec:
              inputSchema: { type: object, properties: { n: { type: integer } } }
              outputSchema: { type: object, required: [m], properties: { m: { type: integer } } }
              http: { method: GET, url: "http://127.0.0.1:1/look", query: { n: "{{input.n}}" } }
            ---
            apiVersion: millrace.dev/v1
            kind: Workflow
            metadata: { name: flow }
            spec:
              inputSchema: { type: object }
              tasks:
                - { id: a, taskRef: look }
                - { id: b, taskRef: look, input: { n: "{{tasks.a.output.m}}" } }
            """,
            "other");
    CatalogSnapshot snapshot =
        new Catalog("other").update(new ResourceSet(read.resources(), read.problems()));
    return snapshot.workflow("other", "flow").plan();
  }

  @AfterEach
  void close() {
    vertx.close();
  }

  private static <T> Future<T> ended(Future<T> future) {
    Awaitility.await().until(future::isComplete);
    return future;
  }

  @Test
  void aKeptPlanIsFoundAgain() {
    PinnedPlans plans = new PinnedPlans(vertx, store);
    assertThat(plans.isKept(plan)).isFalse();

    ended(plans.keep(plan));

    assertThat(plans.isKept(plan)).isTrue();
    assertThat(ended(plans.find(plan.hash())).result()).containsSame(plan);
  }

  @Test
  void aPlanOfAnotherProcessIsCompiledAgain() {
    ended(new PinnedPlans(vertx, store).keep(plan));

    ExecutionPlan found = ended(new PinnedPlans(vertx, store).find(plan.hash())).result().get();

    assertThat(found.hash()).isEqualTo(plan.hash());
    assertThat(found.versionHash()).isEqualTo(plan.versionHash());
    assertThat(found.taskCount()).isEqualTo(2);
    assertThat(found.task(1).id()).isEqualTo("b");
  }

  @Test
  void whatIsServedIsKeptBeforeItIsNeeded() {
    PinnedPlans plans = new PinnedPlans(vertx, store);

    ended(plans.keepAll(TestCatalogs.of(plan).snapshot()));

    assertThat(plans.isKept(plan)).isTrue();
    assertThat(ended(store.find(plan.hash())).result()).isPresent();
  }

  @Test
  void anUnknownHashFindsNothing() {
    assertThat(ended(new PinnedPlans(vertx, store).find("sha256:no")).result()).isEmpty();
  }

  @Test
  void whatIsNotValidAnyMoreIsAFailure() {
    ended(new PinnedPlans(vertx, store).keep(plan));
    PlanVersion good = ended(store.find(plan.hash())).result().get();
    PlanVersion broken =
        new PlanVersion("sha256:broken", good.namespace(), good.workflow(), List.of());
    ended(store.keep(broken));

    Future<Optional<ExecutionPlan>> found =
        ended(new PinnedPlans(vertx, store).find("sha256:broken"));

    assertThat(found.cause())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("flow");
  }

  @Test
  void thoseWhoKeepAtTheSameTimeShareOneAttemptAndAFailedOneIsTriedAgain() {
    List<Promise<Void>> attempts = new ArrayList<>();
    PinnedPlans plans =
        new PinnedPlans(
            vertx,
            new PlanStore() {
              @Override
              public Future<Void> keep(PlanVersion version) {
                Promise<Void> attempt = Promise.promise();
                attempts.add(attempt);
                return attempt.future();
              }

              @Override
              public Future<Optional<PlanVersion>> find(String hash) {
                return Future.succeededFuture(Optional.empty());
              }
            });
    plans.keep(plan);
    plans.keep(plan);
    assertThat(attempts).hasSize(1);

    attempts.get(0).fail("no database");
    assertThat(plans.isKept(plan)).isFalse();
    plans.keep(plan);
    attempts.get(1).complete();

    assertThat(plans.isKept(plan)).isTrue();
    assertThat(plans.keep(plan).succeeded()).isTrue();
    assertThat(attempts).hasSize(2);
  }
}
