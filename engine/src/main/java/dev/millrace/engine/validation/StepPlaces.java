package dev.millrace.engine.validation;

import dev.millrace.engine.definition.TaskStep;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.json.JsonPointers;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Where the tasks of a workflow stand in its document; made for one workflow, immutable.
 *
 * <p>The reader leaves out what cannot be a task, so a task's number is not its place.
 */
final class StepPlaces {
  private static final String TASKS = "/spec/tasks";

  private final String[] pointers;
  private final JsonNode[] documents;

  StepPlaces(Workflow workflow) {
    List<TaskStep> tasks = workflow.tasks();
    JsonNode elements = workflow.document().path("spec").path("tasks");
    pointers = new String[tasks.size()];
    documents = new JsonNode[tasks.size()];
    int at = 0;
    for (int i = 0; i < tasks.size(); i++) {
      int found = at;
      while (found < elements.size() && !isOf(tasks.get(i), elements.get(found))) {
        found++;
      }
      at = found < elements.size() ? found : i;
      pointers[i] = JsonPointers.child(TASKS, at);
      documents[i] = elements.path(at);
      at++;
    }
  }

  private static boolean isOf(TaskStep step, JsonNode element) {
    return element.path("id").asString("").equals(step.id());
  }

  /** The pointer of a task. */
  String of(int task) {
    return pointers[task];
  }

  /** The pointer of a field of a task. */
  String of(int task, String field) {
    return pointers[task] + "/" + field;
  }

  /** The pointer of the first mention of an id in a task's {@code dependsOn}. */
  String ofDependency(int task, String id) {
    JsonNode ids = documents[task].path("dependsOn");
    for (int i = 0; i < ids.size(); i++) {
      if (ids.get(i).asString("").equals(id)) {
        return JsonPointers.child(of(task, "dependsOn"), i);
      }
    }
    return of(task, "dependsOn");
  }
}
