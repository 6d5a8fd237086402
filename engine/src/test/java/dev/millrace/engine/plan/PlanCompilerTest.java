package dev.millrace.engine.plan;

import static dev.millrace.engine.plan.TestDefinitions.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.definition.RetrySpec;
import dev.millrace.engine.definition.TaskStep;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.validation.Edge;
import dev.millrace.engine.validation.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanCompilerTest {
  private static Edge unproved(String to) {
    var name = new ResourceName(ResourceKind.Workflow, "default", "flow");
    return new Edge(name, "input.x", to, Verdict.UNPROVED, null);
  }

  @Test
  void checksOnlyWhatIsNotProved() {
    TestDefinitions definitions =
        TestDefinitions.workflow()
            .get("a", "{'x':'{{input.x}}'}")
            .get("b", "{'x':'{{input.x}}'}")
            .outputSchema("{'type':'object'}");

    ExecutionPlan plan = definitions.plan(List.of(unproved("/spec/tasks/1/input/x")));

    assertThat(plan.task(0).inputCheck()).isNull();
    assertThat(plan.task(1).inputCheck()).isSameAs(plan.task(1).task().inputSchema());
    assertThat(plan.outputCheck()).isNull();
    assertThat(definitions.plan(List.of(unproved("/spec/output/x"))).outputCheck()).isNotNull();
  }

  @Test
  void anInferredOutputSchemaIsNotChecked() {
    ExecutionPlan plan = TestDefinitions.workflow().plan(List.of(unproved("/spec/output")));

    assertThat(plan.outputCheck()).isNull();
  }

  @Test
  void takesTheOverridesOfTheWorkflow() {
    TestDefinitions definitions = TestDefinitions.workflow().get("a", "{}");
    definitions.step(
        new TaskStep(
            "b",
            "ref-a",
            json("{}"),
            List.of(),
            Duration.ofMillis(1_500),
            new RetrySpec(4, null, null, null, null, null),
            null));

    ExecutionPlan plan = definitions.plan();

    assertThat(plan.task(0).timeoutMillis()).isEqualTo(30_000);
    assertThat(plan.task(1).timeoutMillis()).isEqualTo(1_500);
    assertThat(plan.task(1).retry().maxAttempts()).isEqualTo(4);
    assertThat(plan.task(1).task()).isSameAs(plan.task(0).task());
  }

  @Test
  void knowsTheEffectsAndWhatTheyDependOn() {
    ExecutionPlan plan =
        TestDefinitions.workflow()
            .get("a", "{}")
            .get("b", "{'x':'{{input.y ?? tasks.a.output}}'}")
            .post("c", "{}", "b")
            .durability(Durability.Buffered)
            .maxConcurrency(3)
            .timeout(Duration.ofSeconds(7))
            .plan();

    assertThat(plan.hasEffects()).isTrue();
    assertThat(plan.task(2).effect()).isTrue();
    assertThat(plan.task(1).effect()).isFalse();
    assertThat(plan.effectAncestors(2)).containsExactly(0, 1);
    assertThat(plan.durability()).isEqualTo(Durability.Buffered);
    assertThat(plan.maxConcurrency()).isEqualTo(3);
    assertThat(plan.timeoutMillis()).isEqualTo(7_000);
    assertThat(TestDefinitions.workflow().get("a", "{}").plan().hasEffects()).isFalse();
  }

  @Test
  void refusesWhatTheValidatorWouldHaveFound() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestDefinitions.workflow().step("a", "nobody", "{}").plan())
        .withMessageContaining("nobody");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestDefinitions.workflow().output("'{{oops'").plan());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestDefinitions.workflow().inputSchema("{'type':'oops'}").plan());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestDefinitions.workflow().get("a", "{}", "b").get("b", "{}", "a").plan())
        .withMessageContaining("no order");
  }
}
