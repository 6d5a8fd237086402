package dev.millrace.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.validation.ResourceSet;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private final Catalog catalog = new Catalog("default", SimpleValidator::validate);

  private static String task(String name, String description) {
    return """
        apiVersion: millrace.dev/v1
        kind: WorkflowTask
        metadata: { name: %s }
        spec:
          description: %s
          inputSchema: { type: object }
          outputSchema: { type: object }
          http: { method: GET, url: "http://127.0.0.1:1/" }
        ---
        """
        .formatted(name, description);
  }

  private static String workflow(String name, String description, String taskRef) {
    return """
        apiVersion: millrace.dev/v1
        kind: Workflow
        metadata: { name: %s }
        spec:
          description: %s
          inputSchema: { type: object }
          tasks: [ { id: a, taskRef: %s, input: {} } ]
          output: {}
        ---
        """
        .formatted(name, description, taskRef);
  }

  private CatalogSnapshot update(String... documents) {
    ReadResult read = ResourceReader.read("test.yaml", String.join("", documents), "default");
    return catalog.update(new ResourceSet(read.resources(), read.problems()));
  }

  @Test
  void beginsEmpty() {
    assertThat(catalog.snapshot().generation()).isZero();
    assertThat(catalog.snapshot().workflow("default", "flow")).isNull();
    assertThat(catalog.snapshot().task("default", "fetch")).isNull();
    assertThat(catalog.defaultNamespace()).isEqualTo("default");
  }

  @Test
  void servesWhatIsValid() {
    CatalogSnapshot snapshot =
        update(
            task("fetch", "x"), workflow("b-flow", "x", "fetch"), workflow("a-flow", "x", "fetch"));

    assertThat(snapshot).isSameAs(catalog.snapshot());
    assertThat(snapshot.generation()).isEqualTo(1);
    assertThat(snapshot.workflows())
        .extracting(entry -> entry.workflow().name().name())
        .containsExactly("a-flow", "b-flow");
    assertThat(snapshot.workflows("default")).hasSize(2);
    assertThat(snapshot.workflows("else")).isEmpty();
    assertThat(snapshot.tasks("default")).hasSize(1);
    assertThat(snapshot.tasks("else")).isEmpty();
    CatalogEntry entry = snapshot.workflow("default", "a-flow");
    assertThat(entry.ready()).isTrue();
    assertThat(entry.servingOlder()).isFalse();
    assertThat(entry.plan().taskCount()).isEqualTo(1);
    TaskEntry fetch = snapshot.task("default", "fetch");
    assertThat(fetch.usedBy()).containsExactly("a-flow", "b-flow");
    assertThat(fetch.servingOlder()).isFalse();
    assertThat(snapshot.validCount()).isEqualTo(3);
    assertThat(snapshot.invalidCount()).isZero();
    assertThat(snapshot.resources()).hasSize(3);
    assertThat(snapshot.problems()).isEmpty();
  }

  @Test
  void keepsThePlansOfWhatDidNotChange() {
    CatalogSnapshot before = update(task("fetch", "x"), workflow("flow", "x", "fetch"));

    CatalogSnapshot after =
        update(task("fetch", "x"), workflow("flow", "x", "fetch"), workflow("new", "x", "fetch"));

    assertThat(after.workflow("default", "flow").plan())
        .isSameAs(before.workflow("default", "flow").plan());
    assertThat(after.task("default", "fetch").compiled())
        .isSameAs(before.task("default", "fetch").compiled());
    assertThat(after.generation()).isEqualTo(2);
  }

  @Test
  void aChangedTaskRenewsThePlansThatCallIt() {
    CatalogSnapshot before = update(task("fetch", "x"), workflow("flow", "x", "fetch"));

    CatalogSnapshot after = update(task("fetch", "y"), workflow("flow", "x", "fetch"));

    ExecutionPlan plan = after.workflow("default", "flow").plan();
    assertThat(plan).isNotSameAs(before.workflow("default", "flow").plan());
    assertThat(plan.task(0).task()).isSameAs(after.task("default", "fetch").compiled());
  }

  @Test
  void keepsServingTheLastGoodPlanOfAWorkflowThatTurnedInvalid() {
    CatalogSnapshot before = update(task("fetch", "x"), workflow("flow", "x", "fetch"));

    CatalogSnapshot after = update(task("fetch", "x"), workflow("flow", "broken", "fetch"));

    CatalogEntry entry = after.workflow("default", "flow");
    assertThat(entry.ready()).isFalse();
    assertThat(entry.servingOlder()).isTrue();
    assertThat(entry.plan()).isSameAs(before.workflow("default", "flow").plan());
    assertThat(entry.problems()).hasSize(1);
    assertThat(after.invalidCount()).isEqualTo(1);
    assertThat(after.problems()).hasSize(1);
  }

  @Test
  void aTaskThatTurnedInvalidHoldsBackItsWorkflowsWithItsProblems() {
    CatalogSnapshot before = update(task("fetch", "x"), workflow("flow", "x", "fetch"));

    CatalogSnapshot after = update(task("fetch", "broken"), workflow("flow", "y", "fetch"));

    assertThat(after.task("default", "fetch").servingOlder()).isTrue();
    CatalogEntry entry = after.workflow("default", "flow");
    assertThat(entry.ready()).isFalse();
    assertThat(entry.plan()).isSameAs(before.workflow("default", "flow").plan());
    assertThat(entry.problems())
        .extracting(problem -> problem.resource())
        .containsExactly("WorkflowTask/default/fetch");
  }

  @Test
  void whatNeverWasGoodHasNoPlan() {
    CatalogSnapshot snapshot = update(task("fetch", "broken"), workflow("flow", "x", "fetch"));

    assertThat(snapshot.workflow("default", "flow").plan()).isNull();
    assertThat(snapshot.workflow("default", "flow").servingOlder()).isFalse();
    assertThat(snapshot.task("default", "fetch").compiled()).isNull();
  }

  @Test
  void aMendedResourceIsReadyAgain() {
    update(task("fetch", "broken"), workflow("flow", "broken", "fetch"));

    CatalogSnapshot mended = update(task("fetch", "x"), workflow("flow", "x", "fetch"));

    assertThat(mended.workflow("default", "flow").ready()).isTrue();
    assertThat(mended.task("default", "fetch").ready()).isTrue();
  }

  @Test
  void whatIsGoneIsNotServed() {
    update(task("fetch", "x"), workflow("flow", "x", "fetch"));

    CatalogSnapshot after = update(task("fetch", "x"));

    assertThat(after.workflow("default", "flow")).isNull();
    assertThat(after.task("default", "fetch").usedBy()).isEmpty();
  }

  @Test
  void whatCannotBeCompiledThoughItIsValidSaysSo() {
    CatalogSnapshot snapshot = update(workflow("flow", "x", "not-there"));

    CatalogEntry entry = snapshot.workflow("default", "flow");
    assertThat(entry.ready()).isFalse();
    assertThat(entry.problems())
        .extracting(problem -> problem.code())
        .containsExactly(ProblemCode.InvalidResource);
    assertThat(snapshot.problems()).hasSize(1);
  }

  @Test
  void aTaskThatCannotBeCompiledThoughItIsValidSaysSo() {
    CatalogSnapshot snapshot = update(task("fetch", "x").replace("type: object", "type: no-type"));

    assertThat(snapshot.task("default", "fetch").ready()).isFalse();
    assertThat(snapshot.task("default", "fetch").problems()).hasSize(1);
  }

  @Test
  void logsManyNamesShortened() {
    StringBuilder documents = new StringBuilder();
    for (int number = 0; number < 30; number++) {
      documents.append(task("task-" + number, "x"));
    }

    assertThat(update(documents.toString()).validCount()).isEqualTo(30);
  }

  @Test
  void anEntryCannotBeReadyWithoutAPlan() {
    CatalogEntry entry =
        update(task("fetch", "x"), workflow("flow", "broken", "fetch")).workflow("default", "flow");
    TaskEntry task = catalog.snapshot().task("default", "fetch");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new CatalogEntry(entry.workflow(), entry.report(), entry.problems(), null, true));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TaskEntry(
                    task.definition(), task.report(), task.problems(), null, true, task.usedBy()));
  }
}
