package dev.millrace.engine.schema.proof;

import dev.millrace.engine.schema.SchemaView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Finds an array of given items; lives for one question of a {@link Search}.
 *
 * <p>Behind the longest prefix all places are alike, so "some item fails" is tried with each place
 * of the prefix and one behind it.
 */
final class ArraySolver {
  private static final int MOST_ITEMS = 1_000;

  private final Search search;
  private final Goal goal;
  private final List<Atom> atoms;
  private final List<SchemaView> owners = new ArrayList<>();
  private final List<Atom.ItemAt> fixed = new ArrayList<>();
  private final List<Atom.CountAtMost> atMost = new ArrayList<>();
  private final List<Atom.CountAtLeast> atLeast = new ArrayList<>();
  private final List<JsonNode> excluded = new ArrayList<>();
  private Atom someone;
  private boolean unique;
  private int shortest;
  private int longest = Integer.MAX_VALUE;
  private int prefix;

  ArraySolver(Search search, Goal goal, List<Atom> atoms) {
    this.search = search;
    this.goal = goal;
    this.atoms = atoms;
    atoms.forEach(this::add);
  }

  private void add(Atom atom) {
    if (atom instanceof Atom.CountAtLeast count) {
      atLeast.add(count);
      shortest = Math.max(shortest, count.count());
    }
    if (atom instanceof Atom.SizeAtLeast least) {
      shortest = Math.max(shortest, least.size());
    } else if (atom instanceof Atom.SizeAtMost most) {
      longest = Math.min(longest, most.size());
    } else if (atom instanceof Atom.Items items) {
      owners.add(items.owner());
      prefix = Math.max(prefix, Views.children(items.owner(), "prefixItems").size());
    } else if (atom instanceof Atom.ItemAt item) {
      fixed.add(item);
      shortest = Math.max(shortest, item.index() + 1);
    } else if (atom instanceof Atom.Unique) {
      unique = true;
    } else if (atom instanceof Atom.CountAtMost most) {
      atMost.add(most);
    } else if (atom instanceof Atom.Differs differs) {
      excluded.add(differs.value());
    } else if (atom instanceof Atom.SomeItemFails
        || atom instanceof Atom.CountAtLeast
        || atom instanceof Atom.Repeats) {
      someone = atom;
    }
  }

  Outcome solve() {
    search.budget().spend(1 + atoms.size() / 4);
    if (shortest > longest || (unique && someone instanceof Atom.Repeats)) {
      return Outcome.empty();
    }
    Outcome tooShort = boundByImpossibleItems();
    if (tooShort != null) {
      return tooShort;
    }
    if (someone instanceof Atom.SomeItemFails fails) {
      return withFailingItem(fails);
    }
    if (someone instanceof Atom.CountAtLeast count) {
      return withCounted(count);
    }
    if (someone instanceof Atom.Repeats) {
      return withRepeated();
    }
    return filled();
  }

  /** An item that cannot exist ends the array before it. */
  private Outcome boundByImpossibleItems() {
    int last = Math.min(longest, Math.max(prefix, lastFixed()) + 1);
    for (int i = 0; i < last; i++) {
      if (search.find(itemGoal(i)).isEmpty()) {
        longest = Math.min(longest, i);
        break;
      }
    }
    for (Atom.CountAtMost most : atMost) {
      if (most.count() > 0 && allItemsAre(most.schema())) {
        longest = Math.min(longest, most.count());
      }
    }
    return shortest > longest || countsContradict() ? Outcome.empty() : null;
  }

  /** As in "at least two strings, at most one text or number". */
  private boolean countsContradict() {
    for (Atom.CountAtLeast least : atLeast) {
      for (Atom.CountAtMost most : atMost) {
        if (least.count() > most.count() && allItemsThatAre(least.schema(), most.schema())) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean allItemsThatAre(SchemaView some, SchemaView schema) {
    for (int i = 0; i <= prefix && i < longest; i++) {
      if (!search.find(plainGoal(i).meeting(some).failing(schema)).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private int lastFixed() {
    int last = 0;
    for (Atom.ItemAt item : fixed) {
      last = Math.max(last, item.index());
    }
    return last;
  }

  private boolean allItemsAre(SchemaView schema) {
    for (int i = 0; i <= prefix && i < longest; i++) {
      if (!search.find(plainGoal(i).failing(schema)).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** What an item must be by prefixItems and items alone. */
  private Goal plainGoal(int index) {
    List<SchemaView> meets = new ArrayList<>();
    for (SchemaView owner : owners) {
      List<SchemaView> first = Views.children(owner, "prefixItems");
      if (index < first.size()) {
        meets.add(first.get(index));
      } else if (owner.node().has("items")) {
        meets.add(Views.child(owner, "items"));
      }
    }
    return Goal.of(meets, List.of());
  }

  private Goal itemGoal(int index) {
    Goal plain = plainGoal(index);
    List<SchemaView> meets = new ArrayList<>(plain.meets());
    List<SchemaView> fails = new ArrayList<>();
    for (Atom.ItemAt item : fixed) {
      if (item.index() == index) {
        meets.addAll(item.meets());
        fails.addAll(item.fails());
      }
    }
    for (Atom.CountAtMost most : atMost) {
      if (most.count() == 0) {
        fails.add(most.schema());
      }
    }
    return Goal.of(meets, fails);
  }

  /** Places to try: those of the prefix, those already spoken of, and the first one behind. */
  private Set<Integer> places(int from, int to) {
    int behind = Math.max(prefix, from);
    Set<Integer> places = new TreeSet<>();
    for (int i = from; i <= behind; i++) {
      places.add(i);
    }
    for (Atom.ItemAt item : fixed) {
      places.add(item.index());
      places.add(item.index() + 1);
    }
    places.removeIf(place -> place < from || place >= to || place >= longest);
    return places;
  }

  private Outcome withFailingItem(Atom.SomeItemFails fails) {
    Outcome best = Outcome.empty();
    for (int place : places(fails.from(), fails.to())) {
      Atom item = new Atom.ItemAt(place, List.of(), List.of(fails.schema()));
      best = best.or(next(List.of(item)));
      if (best.isWitness()) {
        return best;
      }
    }
    return best;
  }

  private Outcome withCounted(Atom.CountAtLeast count) {
    if (count.count() > longest) {
      return Outcome.empty();
    }
    if (count.count() > MOST_ITEMS) {
      return new Outcome.Unknown("the arrays are too long to find an example");
    }
    if (count.count() == 1) {
      Outcome best = Outcome.empty();
      for (int place : places(0, Integer.MAX_VALUE)) {
        best = best.or(next(List.of(new Atom.ItemAt(place, List.of(count.schema()), List.of()))));
        if (best.isWitness()) {
          return best;
        }
      }
      return best;
    }
    List<Atom> items = new ArrayList<>();
    int last = Math.max(prefix, lastFixed() + 1) + count.count();
    for (int i = 0; i < last && i < longest && items.size() < count.count(); i++) {
      if (search.find(itemGoal(i).meeting(count.schema())).isWitness()) {
        items.add(new Atom.ItemAt(i, List.of(count.schema()), List.of()));
      }
    }
    if (items.size() < count.count()) {
      return mostCounted(count) < count.count()
          ? Outcome.empty()
          : new Outcome.Unknown("too few matching items were found");
    }
    if (mostCounted(count) < count.count()) {
      return Outcome.empty();
    }
    Outcome outcome = next(items);
    return outcome.isEmpty()
        ? new Outcome.Unknown("no array was found, and no proof that there is none")
        : outcome;
  }

  /** How many items can match at most; large where there is no bound. */
  private long mostCounted(Atom.CountAtLeast count) {
    long most = 0;
    int behind = Math.max(prefix, lastFixed() + 1);
    for (int place = 0; place <= behind && place < longest; place++) {
      if (!search.find(itemGoal(place).meeting(count.schema())).isEmpty()) {
        most += place == behind ? Integer.MAX_VALUE : 1;
      }
    }
    return unique ? Math.min(most, differentValues(count)) : most;
  }

  /** How many different values can match, as far as it matters. */
  private int differentValues(Atom.CountAtLeast count) {
    Goal matching = Goal.of(List.of(count.schema()), List.of());
    List<JsonNode> found = new ArrayList<>();
    while (found.size() < count.count()) {
      Outcome other = search.find(matching.differingFrom(found));
      if (other.isEmpty()) {
        return found.size();
      }
      if (!other.isWitness()) {
        break;
      }
      found.add(other.value());
    }
    return Integer.MAX_VALUE;
  }

  private Outcome withRepeated() {
    if (longest < 2) {
      return Outcome.empty();
    }
    Outcome best = Outcome.empty();
    int behind = Math.max(prefix, lastFixed() + 1);
    for (int second = behind + 1; second > 0; second--) {
      for (int first = second - 1; first >= 0 && second < longest; first--) {
        search.budget().spend(1);
        Goal left = itemGoal(first);
        Goal right = itemGoal(second);
        List<SchemaView> meets = new ArrayList<>(left.meets());
        meets.addAll(right.meets());
        List<SchemaView> fails = new ArrayList<>(left.fails());
        fails.addAll(right.fails());
        Outcome same = search.find(Goal.of(meets, fails));
        if (same.isWitness()) {
          best = best.or(withSame(first, second, same.value()));
          if (best.isWitness()) {
            return best;
          }
        } else {
          best = best.or(same);
        }
      }
    }
    return best;
  }

  private Outcome withSame(int first, int second, JsonNode value) {
    Outcome outcome = without(someone, List.of(new Atom.SizeAtLeast(second + 1))).solve();
    if (!outcome.isWitness()) {
      return outcome;
    }
    ArrayNode array = ((ArrayNode) outcome.value()).deepCopy();
    array.set(first, value);
    array.set(second, value);
    return judged(array);
  }

  private Outcome next(List<Atom> more) {
    Outcome outcome = without(someone, more).solve();
    return outcome.isWitness() ? judged(outcome.value()) : outcome;
  }

  private Outcome judged(JsonNode array) {
    return search.meets(goal, array)
        ? new Outcome.Witness(array)
        : new Outcome.Unknown("no array was found, and no proof that there is none");
  }

  private ArraySolver without(Atom settled, List<Atom> more) {
    List<Atom> next = new ArrayList<>(atoms);
    next.remove(settled);
    next.addAll(more);
    return new ArraySolver(search, goal, next);
  }

  /** An array of the shortest length, and a longer one where the shortest is excluded. */
  private Outcome filled() {
    if (shortest > MOST_ITEMS) {
      return new Outcome.Unknown("the arrays are too long to find an example");
    }
    Outcome best = Outcome.empty();
    int tries = excluded.size() + 2;
    for (int length = shortest; length <= longest && tries > 0; length++, tries--) {
      Outcome outcome = filled(length);
      if (!outcome.isWitness()) {
        return best.or(outcome);
      }
      if (!JsonValues.contains(excluded, outcome.value())) {
        return outcome;
      }
      Outcome changed = changed((ArrayNode) outcome.value());
      if (changed.isWitness()) {
        return changed;
      }
      if (length > 0) {
        best = best.or(new Outcome.Unknown("no other array was found"));
      }
    }
    return best;
  }

  private Outcome filled(int length) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    List<JsonNode> before = new ArrayList<>();
    int[] counts = new int[atMost.size()];
    for (int i = 0; i < length; i++) {
      search.budget().spend(1);
      Goal item = unique ? itemGoal(i).differingFrom(before) : itemGoal(i);
      Outcome outcome = itemWithin(item, counts);
      if (outcome.isEmpty()) {
        boolean pigeonhole = i == 0 || (prefix == 0 && fixed.isEmpty());
        return pigeonhole ? outcome : new Outcome.Unknown("too few different items were found");
      }
      if (!outcome.isWitness()) {
        return outcome;
      }
      array.add(outcome.value());
      before.add(outcome.value());
    }
    return new Outcome.Witness(array);
  }

  /** An item that is not counted if that is possible, else one that there is still room for. */
  private Outcome itemWithin(Goal item, int[] counts) {
    Goal uncounted = item;
    for (Atom.CountAtMost most : atMost) {
      uncounted = most.count() > 0 ? uncounted.failing(most.schema()) : uncounted;
    }
    Outcome outcome = search.find(uncounted);
    if (atMost.isEmpty() || outcome.isWitness()) {
      return outcome;
    }
    outcome = search.find(item);
    for (int j = 0; j < counts.length && outcome.isWitness(); j++) {
      Atom.CountAtMost most = atMost.get(j);
      if (search.evaluator().accepts(most.schema(), outcome.value())
          && ++counts[j] > most.count()) {
        return new Outcome.Unknown("too many items match");
      }
    }
    return outcome;
  }

  private Outcome changed(ArrayNode array) {
    for (int i = 0; i < array.size(); i++) {
      List<JsonNode> taken = new ArrayList<>(List.of(array.get(i)));
      for (JsonNode value : excluded) {
        if (value.has(i)) {
          taken.add(value.get(i));
        }
      }
      Outcome other = search.find(itemGoal(i).differingFrom(taken));
      if (other.isWitness()) {
        ArrayNode next = array.deepCopy();
        next.set(i, other.value());
        if (search.meets(goal, next)) {
          return new Outcome.Witness(next);
        }
      }
    }
    return new Outcome.Unknown("no other array was found");
  }
}
