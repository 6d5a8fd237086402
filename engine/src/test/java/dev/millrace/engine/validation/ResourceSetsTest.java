package dev.millrace.engine.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.definition.SourceMap;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is true of sets as a whole: what replaces what, order, size. */
class ResourceSetsTest {
  private static final String TASK =
      """
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: %s }
      spec:
        inputSchema: { type: object, required: [id], properties: { id: { type: %s } } }
        outputSchema:
          type: object
          required: [id]
          properties: { id: { type: string, minLength: 1 }, next: { type: [string, "null"] } }
        http: { method: GET, url: "https://svc.internal/{{input.id}}" }
      """;

  private static final String WORKFLOW =
      """
      apiVersion: millrace.dev/v1
      kind: Workflow
      metadata: { name: %s }
      spec:
        inputSchema: { type: object, required: [id], properties: { id: { type: string } } }
        tasks: [ { id: t, taskRef: svc, input: { id: "{{input.id}}" } } ]
        output: "{{tasks.t.output.id}}"
        route: { method: GET, path: "/w/{id}" }
      """;

  private static ResourceSet read(String... texts) {
    ReadResult read = ResourceReader.read("test.yaml", String.join("\n---\n", texts), "default");
    return new ResourceSet(read.resources(), read.problems());
  }

  private static List<ProblemCode> codes(List<Problem> problems) {
    return problems.stream().map(Problem::code).toList();
  }

  @Test
  void aBodyReplacesWhatIsServedUnderItsName() {
    ResourceSet served = read(TASK.formatted("svc", "string"), WORKFLOW.formatted("w"));
    ResourceSet body = read(TASK.formatted("svc", "integer"));

    ValidationReport report = DefinitionValidator.validate(body.over(served));

    assertThat(DefinitionValidator.validate(served).problems()).isEmpty();
    assertThat(codes(report.problems())).containsExactly(ProblemCode.TypeMismatch);
    assertThat(report.reports()).hasSize(2);
    assertThat(report.valid()).isFalse();
  }

  @Test
  void aClashWithWhatIsServedIsTheBodysProblem() {
    ResourceSet served = read(TASK.formatted("svc", "string"), WORKFLOW.formatted("served"));
    ResourceSet body = read(WORKFLOW.formatted("new"));

    ValidationReport report = DefinitionValidator.validate(body.over(served));

    assertThat(report.problems()).hasSize(1);
    assertThat(report.problems().get(0).code()).isEqualTo(ProblemCode.RouteConflict);
    assertThat(report.problems().get(0).resource()).isEqualTo("Workflow/default/new");
  }

  @Test
  void problemsOfWhatWasReplacedAreForgotten() {
    ResourceSet served =
        read(TASK.formatted("svc", "string").replace("url:", "urrl:"), "- not a resource");
    ResourceSet body = read(TASK.formatted("svc", "string"));

    ValidationReport report = DefinitionValidator.validate(body.over(served));

    assertThat(report.problems()).extracting(Problem::resource).containsExactly("test.yaml");
    assertThat(report.reports().values()).allMatch(ResourceReport::valid);
  }

  @Test
  void resourcesWithoutATextHaveProblemsInTheOrderOfTheirTree() {
    String text =
        WORKFLOW
            .formatted("w")
            .replace("taskRef: svc", "taskRef: nothing, dependsOn: [zz]")
            .replace("tasks.t.output.id", "tasks.u.output")
            .replace("/w/{id}", "w");
    Workflow read = (Workflow) read(text).resources().get(0);
    Resource withoutText =
        new Workflow(
            read.name(),
            read.document(),
            SourceMap.NONE,
            read.versionHash(),
            read.description(),
            read.inputSchema(),
            read.tasks(),
            read.output(),
            read.outputSchema(),
            read.timeout(),
            read.maxConcurrency(),
            read.durability(),
            read.recovery(),
            read.route());

    List<Problem> problems =
        DefinitionValidator.validate(new ResourceSet(List.of(withoutText), List.of())).problems();

    assertThat(problems)
        .extracting(Problem::path)
        .containsExactly(
            "/spec/tasks/0/taskRef",
            "/spec/tasks/0/dependsOn/0",
            "/spec/output",
            "/spec/route/path");
    assertThat(problems).extracting(Problem::position).containsOnlyNulls();
  }

  @Test
  void aPointerCoversWhatIsBelowItAndNothingBeside() {
    ResourceReport report =
        DefinitionValidator.validate(
                read(
                    TASK.formatted("svc", "string"),
                    WORKFLOW.formatted("w").replace("type: string", "format: uri")))
            .reports()
            .values()
            .stream()
            .reduce((first, second) -> second)
            .orElseThrow();

    assertThat(report.proved("/spec/output")).isTrue();
    assertThat(report.proved("/spec/tasks/0/input")).isFalse();
    assertThat(report.proved("/spec/tasks/0/inp")).isTrue();
  }

  @Test
  void wrongNamesInALargeSetAreBounded() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      texts.add(TASK.formatted("a-task-of-some-length-" + i, "string"));
      texts.add(
          WORKFLOW
              .formatted("w" + i)
              .replace("svc", "an-unknown-task-of-some-length-" + i)
              .replace("/w/", "/w" + i + "/"));
    }
    ResourceSet set = read(texts.toArray(new String[0]));

    long start = System.nanoTime();
    ValidationReport report = DefinitionValidator.validate(set);

    assertThat(report.problems()).hasSize(400);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aDenseCycleIsReportedInFewWords() {
    StringBuilder tasks = new StringBuilder("\n");
    for (int i = 0; i < 60; i++) {
      tasks.append("    - { id: t").append(i).append(", taskRef: svc, input: { id: x }");
      tasks.append(", dependsOn: [");
      for (int j = 0; j < 60; j++) {
        tasks.append(j == 0 ? "" : ", ").append('t').append(j);
      }
      tasks.append("] }\n");
    }
    String text =
        WORKFLOW
            .formatted("w")
            .replaceFirst("tasks: .*", "tasks:" + tasks)
            .replace("{{tasks.t.output.id}}", "done");

    ValidationReport report =
        DefinitionValidator.validate(read(TASK.formatted("svc", "string"), text));

    assertThat(codes(report.problems())).containsOnly(ProblemCode.CircularDependency);
    assertThat(report.problems()).hasSizeBetween(1, 20);
  }
}
