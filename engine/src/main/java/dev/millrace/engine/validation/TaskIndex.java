package dev.millrace.engine.validation;

import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.text.NearestName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tasks of a set by namespace and name; owned by the {@link SetValidation}, on its thread.
 *
 * <p>They are sorted, so that what is proposed does not depend on the order of the set. What was
 * proposed for a wrong name is kept, as many workflows may have the same one.
 */
final class TaskIndex {
  private static final int MOST_COMPARISONS = 200_000;

  private final Map<String, Map<String, JudgedTask>> byNamespace = new TreeMap<>();
  private final Map<String, String> proposals = new HashMap<>();
  private int comparisonsLeft = MOST_COMPARISONS;

  void add(JudgedTask task) {
    byNamespace
        .computeIfAbsent(task.task().name().namespace(), namespace -> new TreeMap<>())
        .put(task.task().name().name(), task);
  }

  /** The task, or null. */
  JudgedTask find(String namespace, String name) {
    return byNamespace.getOrDefault(namespace, Map.of()).get(name);
  }

  void reportUnknown(String namespace, String name, String pointer, Findings findings) {
    String nearest = nearest(namespace, name);
    String message =
        "There is no WorkflowTask \"" + name + "\" in the namespace \"" + namespace + "\"";
    if (nearest != null) {
      findings.error(
          ProblemCode.UnknownTaskRef,
          pointer,
          message + "; did you mean \"" + nearest + "\"?",
          "Write " + nearest + ", or define " + name + ".");
      return;
    }
    String elsewhere = namespaceWith(name);
    Set<String> known = byNamespace.getOrDefault(namespace, Map.of()).keySet();
    findings.error(
        ProblemCode.UnknownTaskRef,
        pointer,
        elsewhere == null ? message : message + ", only in \"" + elsewhere + "\"",
        elsewhere != null
            ? "A workflow uses the tasks of its own namespace: define the task there too."
            : known.isEmpty()
                ? "Define the task; there is none in this namespace yet."
                : known.size() > 12
                    ? "Define the task, or name another one."
                    : NearestName.suggestion(name, known));
  }

  private String nearest(String namespace, String name) {
    Map<String, JudgedTask> known = byNamespace.getOrDefault(namespace, Map.of());
    String key = namespace + "/" + name;
    if (!proposals.containsKey(key) && comparisonsLeft > 0) {
      comparisonsLeft -= known.size();
      proposals.put(key, NearestName.of(name, known.keySet()));
    }
    return proposals.get(key);
  }

  private String namespaceWith(String name) {
    for (Map.Entry<String, Map<String, JudgedTask>> each : byNamespace.entrySet()) {
      if (each.getValue().containsKey(name)) {
        return each.getKey();
      }
    }
    return null;
  }
}
