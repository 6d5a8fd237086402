package dev.millrace.engine.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds references that lead in a circle without stepping into the value, such as {@code {"$ref":
 * "#"}}; lives for one check of one schema.
 */
final class ReferenceCycles {
  /** Whoever follows references recurses; more than this nobody writes by hand. */
  private static final int LONGEST_CHAIN = 200;

  private final Map<String, List<String>> judgedBy;
  private final Set<String> harmless = new HashSet<>();

  ReferenceCycles(Map<String, List<String>> judgedBy) {
    this.judgedBy = judgedBy;
  }

  /** The places of one endless cycle, in order; or the start of a chain that is too long. */
  Optional<List<String>> firstEndless() {
    for (String place : judgedBy.keySet()) {
      List<String> cycle = search(place);
      if (cycle != null) {
        return Optional.of(cycle);
      }
    }
    return Optional.empty();
  }

  /** Depth first, with its own stack: a chain of references can be as long as the schema. */
  private List<String> search(String start) {
    List<String> path = new ArrayList<>();
    Set<String> onPath = new LinkedHashSet<>();
    List<Integer> next = new ArrayList<>();
    path.add(start);
    onPath.add(start);
    next.add(0);
    while (!path.isEmpty()) {
      int top = path.size() - 1;
      String place = path.get(top);
      List<String> targets = judgedBy.getOrDefault(place, List.of());
      int index = next.get(top);
      if (harmless.contains(place) || index >= targets.size()) {
        harmless.add(place);
        path.remove(top);
        onPath.remove(place);
        next.remove(top);
        continue;
      }
      next.set(top, index + 1);
      String target = targets.get(index);
      if (path.size() > LONGEST_CHAIN) {
        return List.of(start);
      }
      if (onPath.contains(target)) {
        return path.subList(path.indexOf(target), path.size());
      }
      path.add(target);
      onPath.add(target);
      next.add(0);
    }
    return null;
  }
}
