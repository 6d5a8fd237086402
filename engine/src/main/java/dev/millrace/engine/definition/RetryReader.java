package dev.millrace.engine.definition;

import dev.millrace.engine.json.JsonPointers;
import dev.millrace.engine.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads the retry fields of a WorkflowTask or of a task of a Workflow; stateless, any thread. */
final class RetryReader {
  private static final int MAX_ATTEMPTS = 20;
  private static final double MAX_MULTIPLIER = 10;
  private static final int MAX_TRIGGERS = 50;
  private static final List<String> FIELDS =
      List.of("maxAttempts", "initialDelay", "multiplier", "maxDelay", "jitter", "on");

  private RetryReader() {}

  static RetrySpec read(Fields parent, Problems problems) {
    Fields fields = parent.object("retry", FIELDS);
    return fields == null
        ? RetrySpec.NONE
        : new RetrySpec(
            fields.integer("maxAttempts", 1, MAX_ATTEMPTS),
            fields.duration("initialDelay"),
            fields.number("multiplier", 1, MAX_MULTIPLIER),
            fields.duration("maxDelay"),
            fields.number("jitter", 0, 1),
            triggers(fields, problems));
  }

  private static List<RetryTrigger> triggers(Fields fields, Problems problems) {
    List<JsonNode> elements = fields.array("on", MAX_TRIGGERS);
    if (elements == null) {
      return null;
    }
    List<RetryTrigger> triggers = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      RetryTrigger trigger = trigger(elements.get(i));
      if (trigger == null) {
        problems.error(
            ProblemCode.InvalidResource,
            JsonPointers.child(fields.child("on"), i),
            "This is nothing to retry on: " + Fields.shown(elements.get(i)),
            "Write connect, timeout, a status such as \"503\", or a class such as \"5xx\".");
      } else {
        triggers.add(trigger);
      }
    }
    return triggers;
  }

  private static RetryTrigger trigger(JsonNode value) {
    if (value.isString() && value.stringValue().equals("connect")) {
      return new RetryTrigger.Connect();
    }
    if (value.isString() && value.stringValue().equals("timeout")) {
      return new RetryTrigger.Timeout();
    }
    StatusPattern pattern = Statuses.parse(value, 300, 599);
    return pattern == null ? null : new RetryTrigger.Status(pattern);
  }
}
