package dev.millrace.app.faults;

import dev.millrace.app.faults.Execution.Task;
import dev.millrace.app.faults.Execution.Transition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Made-up evidence that is as it should be, for tests to doctor: gateway 0 is killed while {@code
 * charge} is being called, and gateway 1 calls it again and goes on. Times are in seconds.
 */
final class Story {
  static final String ID = "0199aaaa-0000-7000-8000-000000000001";
  static final String ORDER = "1";
  private static final String FIRST = "owner-0";
  private static final String SECOND = "owner-1";

  final List<Call> calls = new ArrayList<>();
  final List<Answer> answers = new ArrayList<>();
  final List<Incident> incidents = new ArrayList<>();
  final List<Transition> transitions = new ArrayList<>();
  final Map<String, Task> tasks = new HashMap<>();
  String workflow = "checkout";
  String status = "Succeeded";
  Map<String, String> output = new HashMap<>();
  double endedAt = 7;
  boolean recorded = true;

  /** The story as it should be. */
  static Story good() {
    Story story = new Story();
    story.look("cart", 1, 1);
    story.act("reserve", 1.1, 1, 2, "cart/1");
    story.calls.add(call("charge", true, 1.3, List.of("reserve/1#1"), 0, 0, null, 2));
    story.act("charge", 4, 2, 0, "reserve/1#1");
    story.look("label", 5, 0);
    story.act("notify", 5, 1, 0, "charge/1#2");
    story.act("ship", 6, 1, 0, "charge/1#2", "label/1");
    story.tasks.forEach((step, task) -> story.output.put(step, task.receipt()));
    story.answers.add(answer("checkout", ORDER, 3, 0, null, null, null));
    story.incidents.add(new Incident.GatewayDied(0, true, micros(2), micros(2.1)));
    story.transitions.add(new Transition(micros(1), null, "Running", null, FIRST));
    story.transitions.add(new Transition(micros(3.5), "Running", "Running", FIRST, SECOND));
    story.transitions.add(new Transition(micros(7), "Running", "Succeeded", SECOND, SECOND));
    return story;
  }

  /** Nobody died: one gateway, one call of each. */
  static Story quiet(String workflow, Answer answer) {
    Story story = new Story();
    story.workflow = workflow;
    story.answers.add(answer);
    story.transitions.add(new Transition(micros(1), null, "Running", null, FIRST));
    return story;
  }

  void look(String step, double at, double closedAt) {
    String receipt = step + "/" + ORDER;
    calls.add(call(step, false, at, List.of(), at + 0.05, 200, receipt, closedAt));
    tasks.put(step, new Task("Succeeded", false, receipt, micros(at + 0.06)));
  }

  /** A call that is answered, and recorded. */
  void act(String step, double at, int number, double closedAt, String... presented) {
    String receipt = step + "/" + ORDER + "#" + number;
    calls.add(call(step, true, at, List.of(presented), at + 0.05, 200, receipt, closedAt));
    tasks.put(step, new Task("Succeeded", false, receipt, micros(at + 0.06)));
  }

  static Call call(
      String step,
      boolean effect,
      double at,
      List<String> presented,
      double answeredAt,
      int status,
      String receipt,
      double closedAt) {
    return new Call(
        micros(at),
        effect,
        effect ? ID + "/" + step : null,
        step,
        ORDER,
        presented,
        micros(answeredAt),
        status,
        receipt,
        micros(closedAt));
  }

  static Answer answer(
      String workflow,
      String order,
      double at,
      int httpStatus,
      String code,
      String executionId,
      Map<String, String> output) {
    return new Answer(
        0, workflow, order, micros(0.9), micros(at), httpStatus, code, executionId, output);
  }

  void ends(String newStatus, double at) {
    status = newStatus;
    endedAt = at;
    transitions.add(new Transition(micros(at), "Running", newStatus, FIRST, FIRST));
  }

  static long micros(double seconds) {
    return Math.round(seconds * 1_000_000);
  }

  List<Violation> judged() {
    Execution execution =
        new Execution(ID, workflow, ORDER, status, output, micros(endedAt), tasks, transitions);
    Map<String, Execution> records = recorded ? Map.of(ID, execution) : Map.of();
    return Verdict.of(new Evidence(calls, answers, records, incidents)).violations();
  }
}
