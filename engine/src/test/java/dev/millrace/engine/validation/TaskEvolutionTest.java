package dev.millrace.engine.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.problem.Severity;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a change of a task does to its users: broken edges, doubts, and none of either. */
class TaskEvolutionTest {
  private static final String INPUT = "{ type: object, required: [id], properties: { id: %s } }";
  private static final String OUTPUT = "{ type: object, required: [id%s], properties: { id: %s } }";
  private static final String USER =
      """
      apiVersion: millrace.dev/v1
      kind: Workflow
      metadata: { name: %s }
      spec:
        inputSchema: { type: object, required: [n], properties: { n: { type: integer } } }
        tasks:
          - { id: first, taskRef: svc, input: { id: "{{input.n}}" } }
          - { id: second, taskRef: svc, input: { id: "{{tasks.first.output.id}}" } }
        output: { id: "{{tasks.second.output.id}}" }
        outputSchema: { type: object, required: [id], properties: { id: { type: number } } }
      """;

  private final DefinitionIndex index = new DefinitionIndex();
  private final ReadDefinition before =
      task(INPUT.formatted("{ type: integer }"), output("integer"));

  private static String output(String type) {
    return OUTPUT.formatted("", "{ type: " + type + " }");
  }

  private static ReadDefinition task(String input, String output) {
    return read(
        """
        apiVersion: millrace.dev/v1
        kind: WorkflowTask
        metadata: { name: svc }
        spec:
          inputSchema: %s
          outputSchema: %s
          http: { method: GET, url: "https://svc.internal/" }
        """
            .formatted(input, output));
  }

  private static ReadDefinition read(String text) {
    ReadResult read = ResourceReader.read("test.yaml", text, "shop");
    assertThat(read.problems()).isEmpty();
    return ReadDefinition.of(read, 0);
  }

  private List<Problem> change(ReadDefinition after, String... users) {
    index.put(before);
    for (String user : users) {
      index.put(read(USER.formatted(user)));
    }
    return TaskEvolution.judge(before, after, index);
  }

  @ParameterizedTest
  @CsvSource({"integer, integer", "number, integer", "number, 'integer, minimum: 3'"})
  void aWiderInputAndANarrowerOutputBreakNothing(String input, String output) {
    assertThat(change(task(INPUT.formatted("{ type: " + input + " }"), output(output)), "a", "b"))
        .isEmpty();
  }

  @Test
  void aNarrowerInputNamesEachWorkflowAndEdgeWithAWitness() {
    List<Problem> problems =
        change(task(INPUT.formatted("{ type: integer, minimum: 1 }"), output("integer")), "a", "b");

    assertThat(problems).extracting(Problem::code).containsOnly(ProblemCode.BreakingChange);
    assertThat(problems).extracting(Problem::path).containsOnly("/spec/inputSchema");
    assertThat(problems).extracting(Problem::resource).containsOnly("WorkflowTask/shop/svc");
    assertThat(problems).hasSize(4);
    assertThat(problems.get(0).message())
        .startsWith(
            "It breaks the workflow a at /spec/tasks/0/input/id (TypeMismatch): input.n may be ")
        .contains("which does not fit \"id\" of svc");
    assertThat(problems.get(3).message()).contains("workflow b", "tasks.first.output.id may be ");
    assertThat(problems.get(0).suggestion()).contains(TaskEvolution.ALLOWED);
  }

  @Test
  void aWiderOutputIsTheOutputsFault() {
    List<Problem> problems = change(task(INPUT.formatted("true"), output("string")), "a");

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).path()).isEqualTo("/spec/outputSchema");
    assertThat(problems.get(0).message()).contains("at /spec/output/id (TypeMismatch)");
  }

  @Test
  void aNewRequiredInputIsTheInputsFault() {
    String demanding =
        "{ type: object, required: [id, key], properties: { id: { type: integer }, key: true } }";

    List<Problem> problems = change(task(demanding, output("integer, minimum: 0")), "a");

    assertThat(problems).hasSize(2);
    assertThat(problems).extracting(Problem::path).containsOnly("/spec/inputSchema");
    assertThat(problems.get(0).message()).contains("/spec/tasks/0/input (MissingInput)");
  }

  @Test
  void anOutputThatMayBeMissingOrIsRenamedBreaksWhoReadsIt() {
    String optional = "{ type: object, properties: { id: { type: integer } } }";
    String renamed = "{ type: object, required: [key], properties: { key: { type: integer } } }";

    assertThat(change(task(INPUT.formatted("{ type: integer }"), optional), "a"))
        .extracting(Problem::message)
        .allMatch(message -> message.contains("(MaybeAbsent)"))
        .hasSize(2);
    assertThat(change(task(INPUT.formatted("true"), renamed), "a"))
        .allMatch(problem -> problem.path().equals("/spec/outputSchema"))
        .extracting(Problem::message)
        .allMatch(message -> message.contains("(UnknownPath)"))
        .hasSize(2);
  }

  @Test
  void whatWasBrokenBeforeIsNotTheChangesFault() {
    index.put(before);
    index.put(read(USER.formatted("a").replace("{{input.n}}", "{{input.m}}")));

    List<Problem> problems =
        TaskEvolution.judge(
            before, task(INPUT.formatted("{ type: [integer, string] }"), output("integer")), index);

    assertThat(problems).isEmpty();
  }

  @Test
  void aNewDoubtIsAWarningOfTheWorkflow() {
    String text =
        "{ type: object, required: [id], properties: { id: { type: string, format: date-time } } }";
    ReadDefinition plain = task(text, text);
    ReadDefinition doubtful =
        task(text.replace("format: date-time", "pattern: \"T.*(Z|[+-])\""), text);
    index.put(plain);
    index.put(
        read(
            USER.formatted("a")
                .replace("integer", "string, format: date-time")
                .replace("number", "string")));

    List<Problem> problems = TaskEvolution.judge(plain, doubtful, index);

    assertThat(problems).extracting(Problem::severity).containsOnly(Severity.WARNING);
    assertThat(problems).extracting(Problem::resource).containsOnly("Workflow/shop/a");
  }

  @Test
  void otherFieldsAreFreeToChange() {
    ReadDefinition moved =
        read(
            """
            apiVersion: millrace.dev/v1
            kind: WorkflowTask
            metadata: { name: svc }
            spec:
              inputSchema: %s
              outputSchema: %s
              http: { method: POST, url: "https://svc.internal/v2" }
            """
                .formatted(INPUT.formatted("{ type: integer }"), output("integer")));

    assertThat(change(moved, "a")).isEmpty();
  }

  @Test
  void aTaskInUseNamesItsUsers() {
    ResourceName task = before.name();
    List<ResourceName> many =
        IntStream.range(0, 25)
            .mapToObj(i -> new ResourceName(ResourceKind.Workflow, "shop", "w" + i))
            .toList();

    assertThat(TaskEvolution.inUse(task, List.of())).isNull();
    assertThat(TaskEvolution.inUse(task, many.subList(0, 1)).message())
        .isEqualTo("1 workflow uses it: w0");
    Problem problem = TaskEvolution.inUse(task, many);
    assertThat(problem.code()).isEqualTo(ProblemCode.InUse);
    assertThat(problem.message()).startsWith("25 workflows use it: w0, w1").endsWith("and 5 more");
    assertThat(problem.suggestion()).contains(TaskEvolution.ALLOWED);
  }
}
