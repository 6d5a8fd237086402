package dev.millrace.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.TestDefinitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The laws of the state machine, over random graphs, orders and failures. */
class ExecutionStateProperties {
  /** Later tasks read a random choice of earlier ones; every third has an output to go on with. */
  private static ExecutionPlan plan(long seed, int size) {
    Random random = new Random(seed);
    TestDefinitions definitions = TestDefinitions.workflow().maxConcurrency(1 + random.nextInt(4));
    StringBuilder output = new StringBuilder("{'n':'{{input.n}}'");
    for (int task = 0; task < size; task++) {
      StringBuilder input = new StringBuilder("{'own':" + task);
      for (int earlier = 0; earlier < task; earlier++) {
        if (random.nextInt(3) == 0) {
          input.append(",'t" + earlier + "':'{{tasks.t" + earlier + ".output}}'");
        }
      }
      input.append('}');
      if (task % 3 == 2) {
        definitions.optional("t" + task, input.toString(), "{'instead':true}");
      } else {
        definitions.get("t" + task, input.toString());
      }
      output.append(",'t" + task + "':'{{tasks.t" + task + ".output}}'");
    }
    return definitions.output(output.append('}').toString()).plan();
  }

  /** One run: tasks end in a random order, and fail where {@code failing} says so. */
  private static final class Run {
    final List<Fact> facts = new ArrayList<>();
    final ExecutionState state;

    Run(ExecutionPlan plan, long order, int failingSlot) {
      Random random = new Random(order);
      state = ExecutionState.begin(plan, StateFixture.started(plan));
      facts.add(state.started());
      List<Integer> running = new ArrayList<>();
      long now = 2_000;
      while (true) {
        for (int slot = state.takeReady(now); slot >= 0; slot = state.takeReady(now)) {
          state.called(slot, plan.task(slot).input().render(state));
          running.add(slot);
        }
        assertThat(state.running()).isLessThanOrEqualTo(plan.maxConcurrency());
        if (running.isEmpty()) {
          break;
        }
        int slot = running.remove(random.nextInt(running.size()));
        now += 1 + random.nextInt(50);
        boolean goesOn = true;
        if (slot == failingSlot) {
          goesOn = state.fail(slot, StateFixture.BROKEN, now);
        } else {
          state.succeed(slot, outputOf(slot, state.task(slot).input()), now);
        }
        facts.add(StateFixture.ended(plan, state, slot));
        if (!goesOn) {
          end(plan, ExecutionStatus.Failed, now + 1);
          return;
        }
      }
      assertThat(state.readyToSucceed()).isTrue();
      state.end(ExecutionStatus.Succeeded, plan.output().render(state), null, now + 1);
      facts.add(StateFixture.ended(state));
    }

    private void end(ExecutionPlan plan, ExecutionStatus status, long now) {
      state.end(status, null, StateFixture.BROKEN, now);
      for (int slot = 0; slot < plan.taskCount(); slot++) {
        TaskStatus task = state.task(slot).status();
        if (task == TaskStatus.Cancelled || task == TaskStatus.Skipped) {
          facts.add(StateFixture.ended(plan, state, slot));
        }
      }
      facts.add(StateFixture.ended(state));
    }

    /** A pure function of the input, as a deterministic service would be. */
    private static JsonNode outputOf(int slot, JsonNode input) {
      return JsonNodeFactory.instance.objectNode().put("slot", slot).put("of", input.hashCode());
    }
  }

  @Property(tries = 300)
  void anyOrderOfCompletionsGivesTheSameOutput(
      @ForAll long graph, @ForAll @IntRange(min = 1, max = 25) int size, @ForAll long order) {
    ExecutionPlan plan = plan(graph, size);
    int optional = size >= 3 ? 2 : -1;

    JsonNode one = new Run(plan, 1, optional).state.output();
    JsonNode other = new Run(plan, order, optional).state.output();

    assertThat(other).isEqualTo(one);
  }

  @Property(tries = 300)
  void replayingTheFactsOfAnyRunGivesTheSameState(
      @ForAll long graph,
      @ForAll @IntRange(min = 1, max = 25) int size,
      @ForAll long order,
      @ForAll @IntRange(min = -1, max = 24) int failing) {
    ExecutionPlan plan = plan(graph, size);
    Run run = new Run(plan, order, failing);

    ExecutionState rebuilt = ExecutionState.replay(plan, run.facts);

    assertThat(StateFixture.describe(rebuilt)).isEqualTo(StateFixture.describe(run.state));
  }

  @Property(tries = 200)
  void aReplayThatBrokeOffCanBeCompletedToTheSameOutput(
      @ForAll long graph,
      @ForAll @IntRange(min = 1, max = 25) int size,
      @ForAll long order,
      @ForAll @IntRange(min = 1, max = 1000) int cut) {
    ExecutionPlan plan = plan(graph, size);
    Run run = new Run(plan, order, -1);
    int kept = 1 + cut % (run.facts.size() - 1);

    ExecutionState rebuilt = ExecutionState.replay(plan, run.facts.subList(0, kept));
    for (int slot = rebuilt.takeReady(9_999); slot >= 0; slot = rebuilt.takeReady(9_999)) {
      JsonNode input = plan.task(slot).input().render(rebuilt);
      rebuilt.called(slot, input);
      rebuilt.succeed(slot, Run.outputOf(slot, input), 9_999);
    }

    assertThat(plan.output().render(rebuilt)).isEqualTo(run.state.output());
  }
}
