package dev.millrace.engine.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefinitionIndexTest {
  private static final String TASK =
      """
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: %s }
      spec:
        inputSchema: { type: object }
        outputSchema: { type: object, properties: { x: { type: string } } }
        http: { method: GET, url: "https://svc.internal/" }
      """;
  private static final String WORKFLOW =
      """
      apiVersion: millrace.dev/v1
      kind: Workflow
      metadata: { name: %s }
      spec:
        inputSchema: { type: object, required: [id], properties: { id: { type: string } } }
        tasks: [ { id: t, taskRef: %s, input: {} } ]
        output: "{{tasks.t.output.x}}"
        route: { method: GET, path: "%s" }
      """;

  private final DefinitionIndex index = new DefinitionIndex();

  private static ReadDefinition read(String text, long since) {
    ReadResult read = ResourceReader.read("test.yaml", text, "shop");
    return ReadDefinition.of(read, since);
  }

  private static ReadDefinition task(String name) {
    return read(TASK.formatted(name), 0);
  }

  private static ReadDefinition workflow(String name, String task, String path, long since) {
    return read(WORKFLOW.formatted(name, task, path), since);
  }

  private static List<String> names(ResourceSet set) {
    return set.resources().stream().map(Resource::name).map(ResourceName::name).toList();
  }

  private List<ProblemCode> judged(ReadDefinition definition) {
    ValidationReport whole = DefinitionValidator.validate(index.all());
    List<Problem> problems = index.judge(definition).problems();
    assertThat(problems).isEqualTo(whole.reports().get(definition.name()).problems());
    assertThat(index.judge(definition).problems()).as("by what is known").isEqualTo(problems);
    assertThat(index.copy().judge(definition).problems()).as("in a copy").isEqualTo(problems);
    return problems.stream().map(Problem::code).toList();
  }

  @Test
  void whatIsKnownOfATaskGoesWithIt() {
    index.put(task("a"));
    ReadDefinition user = workflow("w", "a", "/w/{id}", 0);
    assertThat(index.judge(user).valid()).isTrue();

    index.put(read(TASK.formatted("a").replace("x: { type", "y: { type"), 0));

    assertThat(index.judge(user).problems())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.UnknownPath);
  }

  @Test
  void judgesATaskOnceForAllThatUseIt() {
    ReadDefinition task = task("a");
    ReadDefinition proposed = task("a");
    index.put(task);
    ResourceReport first = index.judge(task);

    ResourceReport forAUser =
        index.judge(index.around(workflow("w", "a", "/w/{id}", 0))).reports().get(task.name());

    assertThat(forAUser).isSameAs(first);
    assertThat(index.judge(proposed)).isNotSameAs(index.judge(proposed));
  }

  @Test
  void knowsWhoUsesATaskWhateverComesAndGoes() {
    ReadDefinition task = task("a");
    index.put(task);
    index.put(workflow("w2", "a", "/w2/{id}", 0));
    index.put(workflow("w1", "a", "/w1/{id}", 0));

    assertThat(index.usersOf(task.name()))
        .extracting(ResourceName::name)
        .containsExactly("w1", "w2");
    index.put(workflow("w2", "b", "/w2/{id}", 0));
    assertThat(index.usersOf(task.name())).extracting(ResourceName::name).containsExactly("w1");
    index.remove(new ResourceName(ResourceKind.Workflow, "shop", "w1"));
    assertThat(index.usersOf(task.name())).isEmpty();
    assertThat(index.remove(new ResourceName(ResourceKind.Workflow, "shop", "w1"))).isNull();
    assertThat(index.names()).hasSize(2);
    assertThat(index.find(task.name())).isSameAs(task);
  }

  @Test
  void theOlderWorkflowKeepsItsRoute() {
    index.put(task("a"));
    ReadDefinition young = workflow("a-young", "a", "/w/{id}", 2);
    ReadDefinition old = workflow("old", "a", "/w/{key}", 1);
    index.put(young);
    index.put(old);

    assertThat(judged(young)).containsExactly(ProblemCode.RouteConflict);
    assertThat(judged(old)).doesNotContain(ProblemCode.RouteConflict);
    assertThat(index.competitorsOf(young)).containsExactly(old.name());
    assertThat(index.competitorsOf(task("a"))).isEmpty();
  }

  @Test
  void aroundAWorkflowStandsOnlyWhatItsJudgementNeeds() {
    for (int i = 0; i < 30; i++) {
      index.put(task("t" + i));
      index.put(workflow("w" + i, "t" + i, "/w" + i + "/{id}", i));
    }
    ReadDefinition one = index.find(new ResourceName(ResourceKind.Workflow, "shop", "w7"));

    assertThat(names(index.around(one))).containsExactlyInAnyOrder("t7", "w7");
    assertThat(names(index.around(task("t3")))).containsExactly("t3");
    assertThat(judged(one)).isEmpty();
  }

  @Test
  void anUnknownTaskIsToldTheSameAsAmongAll() {
    for (int i = 0; i < 30; i++) {
      index.put(task("some-task-" + i));
    }
    ReadDefinition mistyped = workflow("w", "some-tsak-29", "/w/{id}", 1);
    ReadDefinition unknown = workflow("v", "zzz", "/v/{id}", 1);
    index.put(mistyped);
    index.put(unknown);

    assertThat(judged(mistyped)).containsExactly(ProblemCode.UnknownTaskRef);
    assertThat(judged(unknown)).containsExactly(ProblemCode.UnknownTaskRef);
  }

  @Test
  void problemsOfReadingComeAlong() {
    ReadDefinition misread = read(TASK.formatted("a").replace("method", "methud"), 0);
    index.put(misread);

    assertThat(judged(misread)).contains(ProblemCode.UnknownField);
    assertThat(ReadDefinition.of(ResourceReader.read("x.yaml", "kind: Workflow", "d"), 0)).isNull();
  }

  @Test
  void judgesNothingTwiceButWhatAChangeConcerns() {
    List<String> judged = new ArrayList<>();
    DefinitionIndex counting =
        new DefinitionIndex(
            (set, known) -> {
              set.resources().stream()
                  .filter(Workflow.class::isInstance)
                  .forEach(workflow -> judged.add(workflow.name().name()));
              return new SetValidation(set, known).judge();
            });
    for (int i = 0; i < 2_000; i++) {
      counting.put(workflow("w" + i, "t" + i / 10, "/w" + i + "/{id}", i));
    }
    for (int i = 0; i < 200; i++) {
      counting.put(task("t" + i));
    }
    counting.judgeAll();
    assertThat(judged).hasSize(2_000);

    judged.clear();
    counting.put(workflow("w7", "t0", "/w7/{key}", 7));
    counting.judgeAll();
    assertThat(judged).containsExactly("w7");

    judged.clear();
    counting.put(task("t3"));
    counting.judgeAll();
    counting.judge(counting.find(new ResourceName(ResourceKind.Workflow, "shop", "w30")));
    assertThat(judged).hasSize(10).contains("w30", "w39").doesNotContain("w29", "w40");

    judged.clear();
    counting.put(counting.find(task("t3").name()));
    counting.judgeAll();
    assertThat(judged).as("nothing changed").isEmpty();
  }
}
