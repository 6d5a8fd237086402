package dev.millrace.engine.schema.proof;

import dev.millrace.engine.schema.SchemaView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Looks for a value that meets a {@link Goal}, or makes certain that there is none; lives for one
 * proof on the caller's thread.
 *
 * <p>Recursive schemas end because a smallest value never needs a value for the very same goal
 * inside itself: a goal that is met again on its own path counts as empty there. What was found
 * under such an assumption is remembered only where the assumption is the goal itself.
 */
final class Search {
  private static final int DEEPEST = 48;
  private static final int NO_ASSUMPTION = Integer.MAX_VALUE;

  private final Budget budget;
  private final Evaluator evaluator;
  private final Map<Place, Integer> numbers = new HashMap<>();
  private final Map<List<Integer>, Outcome> known = new HashMap<>();
  private final Map<List<Integer>, Integer> open = new HashMap<>();
  private final Set<String> languages = new HashSet<>();
  private int depth;
  private int shallowestAssumption = NO_ASSUMPTION;

  Search(Budget budget) {
    this.budget = budget;
    this.evaluator = new Evaluator(budget);
  }

  Budget budget() {
    return budget;
  }

  Evaluator evaluator() {
    return evaluator;
  }

  /** The language of a pattern, paid for once in a proof. */
  PatternLanguage language(String pattern) {
    PatternLanguage language = PatternLanguage.of(pattern);
    if (languages.add(pattern)) {
      budget.spend(language.cost());
    }
    return language;
  }

  /** A value that meets the goal, certainty that there is none, or neither. */
  Outcome find(Goal goal) {
    budget.spend(1);
    Outcome trivial = trivial(goal);
    if (trivial != null) {
      return trivial;
    }
    if (depth >= DEEPEST) {
      return new Outcome.Unknown("the schemas are nested too deep");
    }
    if (!goal.differsFrom().isEmpty()) {
      return atNextDepth(goal);
    }
    List<Integer> key = keyOf(goal);
    Outcome remembered = known.get(key);
    if (remembered != null) {
      return remembered;
    }
    Integer openedAt = open.get(key);
    if (openedAt != null) {
      shallowestAssumption = Math.min(shallowestAssumption, openedAt);
      return Outcome.empty();
    }
    return findOnce(goal, key);
  }

  private Outcome findOnce(Goal goal, List<Integer> key) {
    int outer = shallowestAssumption;
    shallowestAssumption = NO_ASSUMPTION;
    int here = depth;
    open.put(key, here);
    Outcome outcome;
    try {
      outcome = atNextDepth(goal);
    } finally {
      open.remove(key);
    }
    boolean restsOnOuter = shallowestAssumption < here;
    if (outcome.isWitness() || !restsOnOuter) {
      known.put(key, outcome);
    }
    shallowestAssumption = restsOnOuter ? Math.min(outer, shallowestAssumption) : outer;
    return outcome;
  }

  private Outcome atNextDepth(Goal goal) {
    depth++;
    try {
      Outcome best = Outcome.empty();
      for (JsonType type : JsonType.values()) {
        Outcome outcome = new TypeSearch(this, goal, type).run();
        if (outcome.isWitness()) {
          return outcome;
        }
        best = best.or(outcome);
      }
      return best;
    } finally {
      depth--;
    }
  }

  /** Goals that are decided by a look at them. */
  private static Outcome trivial(Goal goal) {
    for (SchemaView schema : goal.meets()) {
      if (Views.isFalse(schema)) {
        return Outcome.empty();
      }
    }
    for (SchemaView schema : goal.fails()) {
      if (Views.isTrue(schema)) {
        return Outcome.empty();
      }
      for (SchemaView met : goal.meets()) {
        if (Views.same(met, schema)) {
          return Outcome.empty();
        }
      }
    }
    return null;
  }

  /** Whether a value meets a goal, decided by looking at the value. */
  boolean meets(Goal goal, JsonNode value) {
    for (SchemaView schema : goal.meets()) {
      if (!evaluator.accepts(schema, value)) {
        return false;
      }
    }
    for (SchemaView schema : goal.fails()) {
      if (evaluator.accepts(schema, value)) {
        return false;
      }
    }
    return !JsonValues.contains(goal.differsFrom(), value);
  }

  private List<Integer> keyOf(Goal goal) {
    List<Integer> key = new ArrayList<>();
    goal.meets().forEach(schema -> key.add(numberOf(schema)));
    goal.fails().forEach(schema -> key.add(-numberOf(schema)));
    Integer[] sorted = key.stream().distinct().toArray(Integer[]::new);
    Arrays.sort(sorted);
    return List.of(sorted);
  }

  private int numberOf(SchemaView schema) {
    return numbers.computeIfAbsent(new Place(schema), key -> numbers.size() + 1);
  }

  /** A place in a document, equal only to itself: schemas may be large, comparing them is dear. */
  private static final class Place {
    private final JsonNode root;
    private final JsonNode node;

    Place(SchemaView schema) {
      this.root = schema.root();
      this.node = schema.node();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // that is the point of this class
    public boolean equals(Object other) {
      return other instanceof Place place && place.root == root && place.node == node;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(node);
    }
  }
}
