package dev.millrace.engine.schema.proof;

import dev.millrace.engine.schema.SchemaView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Makes up names of members that no schema mentions: one for each set of patterns that a name can
 * match; lives for one question of {@link ObjectSolver}.
 */
final class FreshNames {
  private static final int MOST_PATTERNS = 5;

  private final Search search;
  private final List<SchemaView> meets;
  private final List<SchemaView> fails;
  private final List<String> patterns;
  private boolean incomplete;

  FreshNames(Search search, List<SchemaView> meets, List<SchemaView> fails, List<String> patterns) {
    this.search = search;
    this.meets = meets;
    this.fails = fails;
    this.patterns = patterns;
  }

  /** Whether some set of patterns could not be decided. */
  boolean isIncomplete() {
    return incomplete;
  }

  List<String> besides(Set<String> mentioned) {
    if (meets.isEmpty() && fails.isEmpty() && patterns.isEmpty()) {
      return List.of(unmentioned(mentioned));
    }
    int considered = Math.min(patterns.size(), MOST_PATTERNS);
    incomplete |= considered < patterns.size();
    List<JsonNode> taken = new ArrayList<>();
    mentioned.forEach(name -> taken.add(StringNode.valueOf(name)));
    List<String> names = new ArrayList<>();
    for (int chosen = 0; chosen < 1 << considered; chosen++) {
      Outcome outcome = nameOf(chosen, considered, taken);
      if (outcome.isWitness()) {
        names.add(outcome.value().asString());
      } else {
        incomplete |= !outcome.isEmpty();
      }
    }
    return names;
  }

  private Outcome nameOf(int chosen, int considered, List<JsonNode> taken) {
    List<Atom> atoms = new ArrayList<>();
    for (int i = 0; i < considered; i++) {
      String pattern = patterns.get(i);
      atoms.add((chosen >> i & 1) == 1 ? new Atom.Matches(pattern) : new Atom.NotMatches(pattern));
    }
    return new TypeSearch(search, Goal.of(meets, fails).differingFrom(taken), JsonType.STRING)
        .runWith(atoms);
  }

  private static String unmentioned(Set<String> mentioned) {
    String name = "other";
    for (int i = 2; mentioned.contains(name); i++) {
      name = "other" + i;
    }
    return name;
  }
}
