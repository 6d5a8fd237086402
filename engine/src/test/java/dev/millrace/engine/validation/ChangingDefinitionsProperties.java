package dev.millrace.engine.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever comes, changes and goes: what is kept says what judging everything anew would say. */
class ChangingDefinitionsProperties {
  private static final int CHANGES = 40;
  private static final List<String> NAMESPACES = List.of("shop", "stock");
  private static final List<String> TASKS = List.of("fetch", "fetsh", "store", "list-them");
  private static final List<String> WORKFLOWS = List.of("a", "b", "c", "d");

  private final DefinitionIndex index = new DefinitionIndex();

  private static String task(Random random, String name) {
    return """
        apiVersion: millrace.dev/v1
        kind: WorkflowTask
        metadata: { name: %s }
        spec:
          inputSchema: { type: object, required: [id], properties: { id: { type: %s } } }
          outputSchema: { type: object, properties: { %s: { type: string } } }
          http: { %s: GET, url: "https://svc.internal/" }
        """
        .formatted(
            name,
            oneOf(random, "string", "string", "integer", "no-type"),
            oneOf(random, "x", "x", "y"),
            oneOf(random, "method", "method", "method", "methud"));
  }

  private static String workflow(Random random, String name) {
    return """
        apiVersion: millrace.dev/v1
        kind: Workflow
        metadata: { name: %s }
        spec:
          inputSchema: { type: object, required: [id], properties: { id: { type: string } } }
          tasks:
            - { id: t, taskRef: %s, input: { id: "{{input.id}}" } }
            - { id: u, taskRef: %s, input: { id: "{{tasks.t.output.x ?? input.id}}" } }
          output: "{{tasks.u.output.x ?? null}}"
          %s
        """
        .formatted(
            name,
            oneOf(random, TASKS),
            oneOf(random, TASKS),
            oneOf(random, "", "route: { method: GET, path: '/w/{id}' }", "route: { method: GET }"));
  }

  private static String oneOf(Random random, String... choices) {
    return oneOf(random, List.of(choices));
  }

  private static String oneOf(Random random, List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static ReadResult read(Random random) {
    boolean task = random.nextBoolean();
    String text =
        task ? task(random, oneOf(random, TASKS)) : workflow(random, oneOf(random, WORKFLOWS));
    return ResourceReader.read("test.yaml", text, oneOf(random, NAMESPACES));
  }

  @Property(tries = 60)
  void anIndexSaysWhatJudgingAllWouldSay(@ForAll long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CHANGES; i++) {
      if (random.nextInt(4) == 0) {
        boolean task = random.nextBoolean();
        index.remove(
            new ResourceName(
                task ? ResourceKind.WorkflowTask : ResourceKind.Workflow,
                oneOf(random, NAMESPACES),
                oneOf(random, task ? TASKS : WORKFLOWS)));
      } else {
        index.put(ReadDefinition.of(read(random), random.nextInt(3)));
      }

      if (random.nextBoolean()) {
        same(index.judgeAll(), DefinitionValidator.validate(index.all()));
        same(index.copy().judgeAll(), DefinitionValidator.validate(index.all()));
      }
    }
  }

  @Property(tries = 60)
  void aSetThatIsGivenAgainIsJudgedAsIfItWereNew(@ForAll long seed) {
    Random random = new Random(seed);
    RepeatedValidation repeated = new RepeatedValidation();
    List<ReadResult> files = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      switch (random.nextInt(5)) {
        case 0 -> files.remove(files.isEmpty() ? null : files.get(random.nextInt(files.size())));
        case 1 -> Collections.shuffle(files, random);
        case 2 -> files.add(ResourceReader.read("broken.yaml", "kind: [", "shop"));
        default -> files.add(random.nextInt(files.size() + 1), read(random));
      }

      ResourceSet set = set(files);
      same(repeated.validate(set), DefinitionValidator.validate(set));
    }
  }

  private static ResourceSet set(List<ReadResult> files) {
    return new ResourceSet(
        files.stream().flatMap(file -> file.resources().stream()).toList(),
        files.stream().flatMap(file -> file.problems().stream()).toList());
  }

  private static void same(ValidationReport found, ValidationReport expected) {
    assertThat(found.problems()).isEqualTo(expected.problems());
    assertThat(List.copyOf(found.reports().values()))
        .isEqualTo(List.copyOf(expected.reports().values()));
  }
}
