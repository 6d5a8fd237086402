package dev.millrace.engine.schema.proof;

import dev.millrace.engine.schema.SchemaView;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;

/**
 * Looks for a value of one type that meets a goal; lives for that part of one {@link Search}.
 *
 * <p>Works as a solver of clauses does: facts first, then choices that leave one way, then the
 * smallest choice, way by way. Where no choice is left, a solver of the type takes over.
 */
final class TypeSearch {
  private final Search search;
  private final Goal goal;
  private final JsonType type;
  private List<Atom> more = List.of();

  TypeSearch(Search search, Goal goal, JsonType type) {
    this.search = search;
    this.goal = goal;
    this.type = type;
  }

  Outcome run() {
    return runWith(List.of());
  }

  /** As {@link #run}, for a value that meets some plain facts as well. */
  Outcome runWith(List<Atom> facts) {
    TypedState state = new TypedState(type);
    state.atoms.addAll(facts);
    more = facts;
    for (SchemaView schema : goal.meets()) {
      state.meet(schema, search.budget());
    }
    for (JsonNode value : goal.differsFrom()) {
      if (JsonType.of(value) == type) {
        state.atoms.add(new Atom.Differs(value));
      }
    }
    for (SchemaView schema : goal.fails()) {
      state.fail(schema, search.budget());
    }
    return explore(state);
  }

  private Outcome explore(TypedState state) {
    search.budget().spend(1 + (state.atoms.size() + state.choices.size()) / 4);
    if (!settle(state)) {
      return Outcome.empty();
    }
    Outcome listed = amongListedValues(state);
    if (listed != null) {
      return listed;
    }
    if (state.choices.isEmpty()) {
      return solve(state);
    }
    List<Branch> choice = state.choices.remove(smallest(state.choices));
    Outcome best = Outcome.empty();
    for (Branch branch : choice) {
      TypedState next = state.copy();
      next.add(branch, search.budget());
      Outcome outcome = explore(next);
      if (outcome.isWitness()) {
        return outcome;
      }
      best = best.or(outcome);
    }
    return best;
  }

  /**
   * Drops choices that are made already and takes those that leave one way; false if none is left.
   */
  private boolean settle(TypedState state) {
    boolean changed = true;
    while (changed && !state.isContradictory()) {
      changed = false;
      Facts facts = new Facts(search, state.atoms);
      for (int i = 0; i < state.choices.size() && !changed; i++) {
        List<Branch> choice = state.choices.get(i);
        List<Branch> left = facts.stillOpen(choice);
        if (left == null) {
          state.choices.remove(i--);
        } else if (left.size() <= 1) {
          state.choices.remove(i);
          if (left.isEmpty()) {
            return false;
          }
          state.add(left.get(0), search.budget());
          changed = true;
        } else if (left.size() < choice.size()) {
          state.choices.set(i, left);
        }
      }
    }
    return !state.isContradictory();
  }

  private static int smallest(List<List<Branch>> choices) {
    int best = 0;
    for (int i = 1; i < choices.size(); i++) {
      if (choices.get(i).size() < choices.get(best).size()) {
        best = i;
      }
    }
    return best;
  }

  /** Where the value is one of a list, each is simply tried; null where there is no list. */
  private Outcome amongListedValues(TypedState state) {
    List<JsonNode> candidates = null;
    for (Atom atom : state.atoms) {
      if (atom instanceof Atom.OneOf list
          && (candidates == null || list.values().size() < candidates.size())) {
        candidates = list.values();
      }
    }
    if (candidates == null) {
      return null;
    }
    for (JsonNode value : candidates) {
      if (JsonType.of(value) == type && accepts(value)) {
        return new Outcome.Witness(value);
      }
    }
    return Outcome.empty();
  }

  private Outcome solve(TypedState state) {
    return switch (type) {
      case NULL -> tried(List.of(NullNode.getInstance()));
      case BOOLEAN -> tried(List.of(BooleanNode.TRUE, BooleanNode.FALSE));
      case NUMBER -> verified(new NumberSolver(search, goal, state.atoms).solve());
      case STRING -> verified(new StringSolver(search, goal, state.atoms).solve());
      case ARRAY -> verified(new ArraySolver(search, goal, new ArrayList<>(state.atoms)).solve());
      case OBJECT -> verified(new ObjectSolver(search, goal, new ArrayList<>(state.atoms)).solve());
    };
  }

  private Outcome tried(List<JsonNode> all) {
    for (JsonNode value : all) {
      if (accepts(value)) {
        return new Outcome.Witness(value);
      }
    }
    return Outcome.empty();
  }

  private Outcome verified(Outcome outcome) {
    if (outcome.isWitness() && !accepts(outcome.value())) {
      return new Outcome.Unknown("no example was found, and no proof that there is none");
    }
    return outcome;
  }

  private boolean accepts(JsonNode value) {
    for (Atom atom : more) {
      if (atom instanceof Atom.Matches matches
          && !PatternLanguage.of(matches.pattern()).matches(value.asString())) {
        return false;
      }
      if (atom instanceof Atom.NotMatches not
          && PatternLanguage.of(not.pattern()).matches(value.asString())) {
        return false;
      }
    }
    return search.meets(goal, value);
  }
}
