package dev.millrace.app.faults;

import static dev.millrace.app.faults.Story.ID;
import static dev.millrace.app.faults.Story.ORDER;
import static dev.millrace.app.faults.Story.micros;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.app.faults.Execution.Task;
import dev.millrace.app.faults.Execution.Transition;
import dev.millrace.app.faults.Violation.Rule;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A checker that finds nothing is worth nothing: each promise, and a story that breaks it. */
class VerdictTest {
  @Test
  void aStoryWithADeathAndARepeatIsAsItShouldBe() {
    assertThat(Story.good().judged()).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> whatIsDoctoredIsFound() {
    return Stream.of(
        finds(
            "an effect is missing",
            Rule.NO_EFFECT_IS_MISSING,
            story -> story.calls.removeIf(call -> call.service().equals("ship"))),
        finds(
            "a result is missing",
            Rule.NO_EFFECT_IS_MISSING,
            story -> story.tasks.remove("notify")),
        finds(
            "the effect is repeated under another key",
            Rule.NO_EFFECT_UNDER_ANOTHER_KEY,
            story -> rekey(story, 3, "0199aaaa-0000-7000-8000-000000000002/charge")),
        finds(
            "the effect is called without a key",
            Rule.NO_EFFECT_UNDER_ANOTHER_KEY,
            story -> rekey(story, 3, null)),
        finds(
            "an effect comes before what it depends on",
            Rule.NO_EFFECT_BEFORE_WHAT_IT_DEPENDS_ON,
            story -> {
              story.calls.remove(story.calls.size() - 1);
              story.act("ship", 3.9, 1, 0, "charge/1#2", "label/1");
            }),
        finds(
            "an effect hands in what nobody answered",
            Rule.NO_EFFECT_BEFORE_WHAT_IT_DEPENDS_ON,
            story -> story.act("ship", 6, 1, 0, "charge/1#7", "label/1")),
        finds(
            "a recorded effect is called again",
            Rule.NO_FINISHED_EFFECT_AGAIN,
            story -> {
              answerFirstCharge(story);
              story.tasks.put("charge", new Task("Succeeded", false, "charge/1#1", micros(4.1)));
            }),
        finds(
            "an effect is repeated although its gateway lived",
            Rule.NO_REPEAT_WITHOUT_A_FAULT,
            story -> story.incidents.clear()),
        finds(
            "an effect is repeated although another gateway died",
            Rule.NO_REPEAT_WITHOUT_A_FAULT,
            story ->
                story.incidents.set(0, new Incident.GatewayDied(1, true, micros(2), micros(2.1)))),
        finds(
            "an effect is repeated twice for one death",
            Rule.NO_REPEAT_WITHOUT_A_FAULT,
            story -> story.act("charge", 4.5, 3, 0, "reserve/1#1")),
        finds(
            "an execution is taken over although only the database was away",
            Rule.ONLY_THE_DEAD_ARE_TAKEN_OVER,
            story ->
                story.incidents.set(
                    0, new Incident.DatabaseAway(Fault.Stop.KILL, micros(2), micros(3)))),
        finds(
            "a gateway loses its lease because the database was away",
            Rule.ONLY_THE_DEAD_ARE_TAKEN_OVER,
            story -> {
              story.incidents.add(
                  new Incident.DatabaseAway(Fault.Stop.KILL, micros(3), micros(3.4)));
              story.incidents.add(new Incident.LeaseLost(0, "owner-9", micros(3.6)));
            }),
        finds("it runs for ever", Rule.EVERY_EXECUTION_ENDS, story -> story.status = "Running"),
        finds("it is given up", Rule.EVERY_EXECUTION_ENDS, story -> story.status = "Interrupted"),
        finds(
            "it ends twice",
            Rule.EVERY_EXECUTION_ENDS_ONCE,
            story ->
                story.transitions.add(
                    new Transition(micros(8), "Succeeded", "Failed", "owner-1", "owner-1"))),
        finds(
            "there is no record of what was called",
            Rule.NO_EFFECT_WITHOUT_A_RECORD,
            story -> story.recorded = false),
        finds(
            "an effect comes before its start is on record",
            Rule.NO_EFFECT_WITHOUT_A_RECORD,
            story ->
                story.transitions.set(
                    0, new Transition(micros(1.2), null, "Running", null, "owner-0"))),
        finds(
            "an effect comes before a result that it depends on is on record",
            Rule.NO_EFFECT_WITHOUT_A_RECORD,
            story ->
                story.tasks.put("label", new Task("Succeeded", false, "label/1", micros(6.1)))),
        finds(
            "an effect is called after the end",
            Rule.NO_EFFECT_AFTER_THE_END,
            story -> story.endedAt = 5),
        finds(
            "an effect is called during a pause",
            Rule.NO_EFFECT_DURING_A_PAUSE,
            story ->
                story.transitions.addAll(
                    2,
                    List.of(
                        new Transition(micros(4.2), "Running", "Paused", "owner-1", "owner-1"),
                        new Transition(micros(6.5), "Paused", "Running", "owner-1", "owner-1")))),
        finds(
            "a caller was told another output",
            Rule.WHAT_CALLERS_ARE_TOLD_IS_TRUE,
            story -> story.answers.set(0, told(200, null, Map.of("cart", "cart/2")))),
        finds(
            "a caller was told of a failure",
            Rule.WHAT_CALLERS_ARE_TOLD_IS_TRUE,
            story -> story.answers.set(0, told(502, "UpstreamStatus", null))),
        finds(
            "a caller was told before the effects were on record",
            Rule.WHAT_CALLERS_ARE_TOLD_IS_TRUE,
            story ->
                story.answers.set(
                    0, Story.answer("checkout", ORDER, 6, 200, null, ID, story.output))),
        finds(
            "a caller was told of an end that was not on record",
            Rule.WHAT_CALLERS_ARE_TOLD_IS_TRUE,
            story -> {
              story.status = "Failed";
              story.answers.set(
                  0, Story.answer("checkout", ORDER, 6.9, 502, "UpstreamStatus", ID, null));
            }),
        finds(
            "a caller was told of an accident of ours",
            Rule.WHAT_CALLERS_ARE_TOLD_IS_TRUE,
            story -> story.answers.set(0, told(500, "InternalError", null))),
        finds(
            "a caller was refused, and it ran",
            Rule.WHAT_IS_REFUSED_DOES_NOT_RUN,
            story ->
                story.answers.set(
                    0, Story.answer("checkout", ORDER, 3, 503, "NotReady", null, null))),
        finds(
            "a gateway ends by itself",
            Rule.GATEWAYS_KEEP_RUNNING,
            story -> story.incidents.add(new Incident.GatewayDied(1, false, micros(9), micros(9)))),
        finds(
            "a gateway logs an error",
            Rule.GATEWAYS_KEEP_RUNNING,
            story -> story.incidents.add(new Incident.ErrorLogged(1, micros(9), "fault"))));
  }

  @Test
  void anEffectAfterACancelIsFound() {
    Story story = Story.quiet("booking", told("booking", 2, 409, "ExecutionCancelled"));
    story.act("flight", 1.2, 1, 0);
    story.ends("Cancelled", 2);
    assertThat(story.judged()).isEmpty();

    story.act("hotel", 3, 1, 0);

    assertThat(story.judged())
        .extracting(Violation::rule)
        .containsExactly(Rule.NO_EFFECT_AFTER_THE_END);
  }

  @Test
  void aBufferedExecutionIsExcusedOnlyShortlyBeforeADeath() {
    Story story = Story.quiet("visit", told("visit", 2, 200, null));
    story.recorded = false;
    assertThat(story.judged())
        .extracting(Violation::rule)
        .containsExactly(Rule.WHAT_CALLERS_ARE_TOLD_IS_TRUE);

    story.incidents.add(new Incident.GatewayDied(0, true, micros(2.2), micros(2.3)));

    assertThat(story.judged()).isEmpty();
  }

  @Test
  void aDurableExecutionIsNotExcusedByADeath() {
    Story story = Story.quiet("booking", told("booking", 2, 200, null));
    story.recorded = false;
    story.incidents.add(new Incident.GatewayDied(0, true, micros(2.2), micros(2.3)));

    assertThat(story.judged())
        .extracting(Violation::rule)
        .contains(Rule.WHAT_CALLERS_ARE_TOLD_IS_TRUE);
  }

  @Test
  void whoContinuesASuccessAfterADeathMayBeToldToCancelIt() {
    Story story = Story.quiet("booking", told("booking", 2, 200, null));
    story.act("flight", 1.2, 1, 2.5);
    story.act("hotel", 1.2, 1, 2.5);
    story.act("car", 1.2, 1, 2.5);
    story.incidents.add(new Incident.GatewayDied(0, true, micros(2.5), micros(2.6)));
    story.ends("Cancelled", 4);
    assertThat(story.judged())
        .extracting(Violation::rule)
        .containsExactly(Rule.WHAT_CALLERS_ARE_TOLD_IS_TRUE);

    story.transitions.add(
        1, new Transition(micros(3.5), "Running", "Running", "owner-0", "owner-1"));

    assertThat(story.judged()).isEmpty();
  }

  @Test
  void aFrozenGatewayMayCallWhatTheOtherRepeats() {
    Story story = Story.good();
    story.incidents.set(0, new Incident.GatewayFroze(0, micros(1.2), micros(4.5)));
    answerFirstCharge(story);
    story.calls.set(2, story.calls.get(2).closed(micros(5)));

    assertThat(story.judged()).isEmpty();
  }

  private static DynamicTest finds(String name, Rule rule, Consumer<Story> doctor) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          Story story = Story.good();
          doctor.accept(story);
          assertThat(story.judged()).extracting(Violation::rule).contains(rule);
        });
  }

  private static void rekey(Story story, int call, String key) {
    Call old = story.calls.get(call);
    story.calls.set(
        call,
        new Call(
            old.at(),
            true,
            key,
            old.service(),
            old.order(),
            old.presented(),
            old.answeredAt(),
            old.status(),
            old.receipt(),
            old.closedAt()));
  }

  private static void answerFirstCharge(Story story) {
    story.calls.set(2, story.calls.get(2).answered(micros(1.4), 200, "charge/1#1"));
  }

  private static Answer told(int httpStatus, String code, Map<String, String> output) {
    return Story.answer("checkout", ORDER, 7.1, httpStatus, code, ID, output);
  }

  private static Answer told(String workflow, double at, int httpStatus, String code) {
    Map<String, String> output = httpStatus == 200 ? Map.of() : null;
    return Story.answer(workflow, ORDER, at, httpStatus, code, ID, output);
  }
}
