package dev.millrace.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.validation.DefinitionIndex;
import dev.millrace.engine.validation.ReadDefinition;
import dev.millrace.engine.validation.ResourceReport;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A catalog that is filled from an index does for a change what the change takes, amid many. */
@SuppressWarnings("ReferenceEquality") // what is the same object was not made anew
class CatalogOfAnIndexTest {
  private static final int WORKFLOWS = 2_000;
  private static final int USERS = 10;
  private static final String TASK =
      """
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: task-%d }
      spec:
        inputSchema: { type: object, required: [id], properties: { id: { type: integer } } }
        outputSchema: { type: object, required: [id], properties: { id: { type: integer } } }
        http: { method: GET, url: "https://svc.internal/{{input.id}}" }
      """;
  private static final String WORKFLOW =
      """
      apiVersion: millrace.dev/v1
      kind: Workflow
      metadata: { name: flow-%d }
      spec:
        inputSchema: { type: object, required: [id], properties: { id: { type: integer } } }
        tasks: [ { id: a, taskRef: task-%d, input: { id: "{{input.id}}" } } ]
        output: { id: "{{tasks.a.output.id}}" }
      """;

  private final DefinitionIndex index = new DefinitionIndex();
  private final Catalog catalog = new Catalog("default");
  private CatalogSnapshot before;

  private void put(String text) {
    ReadResult read = ResourceReader.read("test.yaml", text, "default");
    index.put(ReadDefinition.of(read, 0));
  }

  private static String workflow(int number) {
    return WORKFLOW.formatted(number, number / USERS);
  }

  @BeforeEach
  void fill() {
    for (int i = 0; i < WORKFLOWS; i++) {
      put(workflow(i));
    }
    for (int i = 0; i < WORKFLOWS / USERS; i++) {
      put(TASK.formatted(i));
    }
    before = catalog.update(index);
    assertThat(before.invalidCount()).isZero();
  }

  /** Every judgement makes a new report, so those that are others were judged. */
  private List<String> judged() {
    return Stream.concat(
            catalog.snapshot().workflows().stream().map(CatalogEntry::report),
            catalog.snapshot().tasks().stream().map(TaskEntry::report))
        .filter(report -> !isKnown(report))
        .map(report -> report.resource().name().name())
        .toList();
  }

  private boolean isKnown(ResourceReport report) {
    ResourceName name = report.resource().name();
    if (name.kind() == ResourceKind.WorkflowTask) {
      TaskEntry known = before.task(name.namespace(), name.name());
      return known != null && known.report() == report;
    }
    CatalogEntry known = before.workflow(name.namespace(), name.name());
    return known != null && known.report() == report;
  }

  /** The same of plans. */
  private List<String> compiled() {
    return catalog.snapshot().workflows().stream()
        .filter(entry -> entry.plan() != plan(before, entry.workflow().name().name()))
        .map(entry -> entry.workflow().name().name())
        .toList();
  }

  private static ExecutionPlan plan(CatalogSnapshot snapshot, String name) {
    CatalogEntry entry = snapshot.workflow("default", name);
    return entry == null ? null : entry.plan();
  }

  @Test
  void aWorkflowThatChangesIsJudgedAndCompiledAlone() {
    put(workflow(7).replace("spec:", "spec:\n  description: changed"));

    CatalogSnapshot after = catalog.update(index);

    assertThat(judged()).containsExactly("flow-7");
    assertThat(compiled()).containsExactly("flow-7");
    assertThat(after.resources()).hasSize(WORKFLOWS + WORKFLOWS / USERS);
    assertThat(after.generation()).isEqualTo(2);
  }

  @Test
  void aTaskThatChangesIsJudgedWithItsUsers() {
    put(TASK.formatted(3).replace("spec:", "spec:\n  description: changed"));

    catalog.update(index);

    assertThat(judged()).hasSize(1 + USERS).contains("task-3", "flow-30", "flow-39");
    assertThat(compiled()).hasSize(USERS).contains("flow-30", "flow-39");
  }

  @Test
  void nothingIsDoneForNothing() {
    put(workflow(WORKFLOWS));
    catalog.update(index);
    before = catalog.snapshot();

    index.remove(new ResourceName(ResourceKind.Workflow, "default", "flow-" + WORKFLOWS));
    CatalogSnapshot after = catalog.update(index);

    assertThat(judged()).isEmpty();
    assertThat(compiled()).isEmpty();
    assertThat(after.workflow("default", "flow-" + WORKFLOWS)).isNull();
  }

  @Test
  void aBreakingChangeOfATaskLeavesTheLastGoodPlansServing() {
    put(
        TASK.formatted(3)
            .replace(
                "[id], properties: { id: { type: integer } } }\n  http",
                "[no], properties: { no: { type: integer } } }\n  http"));

    CatalogSnapshot after = catalog.update(index);

    assertThat(compiled()).isEmpty();
    assertThat(judged()).hasSize(1 + USERS);
    assertThat(after.invalidCount()).isEqualTo(USERS);
    assertThat(after.workflow("default", "flow-30").servingOlder()).isTrue();

    put(TASK.formatted(3));
    assertThat(catalog.update(index).invalidCount()).isZero();
  }
}
