package dev.millrace.operator.reconcile;

import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.json.JsonNumbers;
import dev.millrace.engine.plan.TaskGraph;
import dev.millrace.engine.plan.WorkflowGraph;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.validation.ResourceReport;
import dev.millrace.operator.cluster.ClusterDefinition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The status that a resource is to have, of which the time of its last transition is not known yet;
 * pure, usable on any thread.
 *
 * @param status everything but conditions
 * @param ready whether the gateways serve the resource as it is written
 * @param reason {@code Valid}, or the code of the first error
 * @param message all problems, one a line
 */
record ResourceStatus(ObjectNode status, boolean ready, String reason, String message) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String READY = "Ready";

  private static final int USERS_SHOWN = 40;

  /** The resource definitions allow no more. */
  private static final int LONGEST_MESSAGE = 32_000;

  ResourceStatus {
    Objects.requireNonNull(status);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(message);
  }

  /**
   * What is to be said of a resource.
   *
   * @param users the workflows that use it, for a task
   */
  static ResourceStatus of(
      ClusterDefinition definition, ResourceReport report, List<ResourceName> users) {
    Resource resource = definition.definition().resource();
    ObjectNode status = JSON.objectNode();
    status.set("observedGeneration", JsonNumbers.integer(definition.generation()));
    status.put("versionHash", resource.versionHash());
    if (resource instanceof Workflow workflow) {
      describe(workflow, status);
    } else {
      ArrayNode names = status.putArray("usedBy");
      users.forEach(user -> names.add(user.name()));
      status.set("users", users.isEmpty() ? JSON.nullNode() : JSON.stringNode(summary(users)));
    }
    String reason = "Valid";
    for (Problem problem : report.problems()) {
      if (problem.isError()) {
        reason = problem.code().name();
        break;
      }
    }
    return new ResourceStatus(status, report.valid(), reason, message(report.problems()));
  }

  /** What a column has room for: some names, and how many there are beside them. */
  private static String summary(List<ResourceName> users) {
    StringJoiner shown = new StringJoiner(", ");
    int count = 0;
    for (ResourceName user : users) {
      if (count > 0 && shown.length() + user.name().length() > USERS_SHOWN) {
        break;
      }
      shown.add(user.name());
      count++;
    }
    return count == users.size() ? shown.toString() : shown + " +" + (users.size() - count);
  }

  private static void describe(Workflow workflow, ObjectNode status) {
    status.put("taskCount", workflow.tasks().size());
    TaskGraph graph = WorkflowGraph.of(workflow).graph();
    // A merge patch takes away what is null.
    status.set(
        "levelCount", graph.isAcyclic() ? JSON.numberNode(graph.levelCount()) : JSON.nullNode());
    status.set(
        "endpoint",
        workflow.route() == null
            ? JSON.nullNode()
            : JSON.stringNode(workflow.route().method() + " /run" + workflow.route().path()));
  }

  private static String message(List<Problem> problems) {
    if (problems.isEmpty()) {
      return "No problems were found.";
    }
    StringBuilder text = new StringBuilder();
    int shown = 0;
    for (Problem problem : problems) {
      String line =
          (problem.isError() ? "" : "warning ")
              + problem.code()
              + " at "
              + problem.path()
              + ": "
              + problem.message().replaceAll("\\p{Cntrl}", " ");
      if (text.length() + line.length() > LONGEST_MESSAGE) {
        text.append("and ").append(problems.size() - shown).append(" more\n");
        break;
      }
      text.append(line).append('\n');
      shown++;
    }
    return text.toString().strip();
  }

  /** Whether a status says all this already. */
  boolean isSaidBy(JsonNode current) {
    JsonNode condition = readyIn(current);
    if (condition == null
        || !condition.path("status").asString("").equals(truth())
        || !condition.path("reason").asString("").equals(reason)
        || !condition.path("message").asString("").equals(message)
        || condition.path("observedGeneration").asLong(-1)
            != status.get("observedGeneration").asLong()) {
      return false;
    }
    for (var member : status.properties()) {
      JsonNode there = current.path(member.getKey());
      JsonNode wanted = member.getValue();
      boolean same =
          wanted.isNull() ? there.isMissingNode() || there.isNull() : wanted.equals(there);
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** Whether a status says otherwise of being ready, or says nothing of it; that is an event. */
  boolean isTransitionFrom(JsonNode current) {
    JsonNode condition = readyIn(current);
    return condition == null
        || !condition.path("status").asString("").equals(truth())
        || !condition.path("reason").asString("").equals(reason);
  }

  /** All of it, in the place of the current one; other conditions than ours are kept. */
  ObjectNode over(JsonNode current, Instant now) {
    ObjectNode whole = status.deepCopy();
    ArrayNode conditions = whole.putArray("conditions");
    for (JsonNode other : current.path("conditions")) {
      if (!other.path("type").asString("").equals(READY)) {
        conditions.add(other);
      }
    }
    JsonNode before = readyIn(current);
    boolean flipped = before == null || !before.path("status").asString("").equals(truth());
    ObjectNode ready = conditions.addObject();
    ready.set("observedGeneration", status.get("observedGeneration"));
    ready
        .put("type", READY)
        .put("status", truth())
        .put(
            "lastTransitionTime",
            flipped
                ? now.truncatedTo(ChronoUnit.SECONDS).toString()
                : before.path("lastTransitionTime").asString(""))
        .put("reason", reason)
        .put("message", message);
    return whole;
  }

  private String truth() {
    return ready ? "True" : "False";
  }

  private static JsonNode readyIn(JsonNode current) {
    for (JsonNode condition : current.path("conditions")) {
      if (condition.path("type").asString("").equals(READY)) {
        return condition;
      }
    }
    return null;
  }
}
