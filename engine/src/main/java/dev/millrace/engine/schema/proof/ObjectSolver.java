package dev.millrace.engine.schema.proof;

import dev.millrace.engine.schema.SchemaView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Finds an object of given members; lives for one question of a {@link Search}.
 *
 * <p>"Some member fails" is tried with one name out of each class of names that the schemas cannot
 * tell apart: every name they mention, and one other name for each set of patterns it matches.
 */
final class ObjectSolver {
  private static final int MOST_ADDED = 64;

  private final Search search;
  private final Goal goal;
  private final List<Atom> atoms;
  private final List<SchemaView> owners = new ArrayList<>();
  private final List<SchemaView> nameSchemas = new ArrayList<>();
  private final List<Atom.MemberFails> failing = new ArrayList<>();
  private final List<Atom.Needs> needs = new ArrayList<>();
  private final List<JsonNode> excluded = new ArrayList<>();
  private final Set<String> present = new LinkedHashSet<>();
  private final Set<String> absent = new LinkedHashSet<>();
  private Atom someone;
  private int leastSize;
  private int mostSize = Integer.MAX_VALUE;
  private boolean unsure;

  ObjectSolver(Search search, Goal goal, List<Atom> atoms) {
    this.search = search;
    this.goal = goal;
    this.atoms = atoms;
    atoms.forEach(this::add);
  }

  private void add(Atom atom) {
    if (atom instanceof Atom.Has has) {
      present.add(has.name());
    } else if (atom instanceof Atom.Lacks lacks) {
      absent.add(lacks.name());
    } else if (atom instanceof Atom.Members members) {
      owners.add(members.owner());
    } else if (atom instanceof Atom.MemberFails fails) {
      failing.add(fails);
      present.add(fails.name());
    } else if (atom instanceof Atom.Names names) {
      nameSchemas.add(names.schema());
    } else if (atom instanceof Atom.Needs need) {
      needs.add(need);
    } else if (atom instanceof Atom.SizeAtLeast least) {
      leastSize = Math.max(leastSize, least.size());
    } else if (atom instanceof Atom.SizeAtMost most) {
      mostSize = Math.min(mostSize, most.size());
    } else if (atom instanceof Atom.Differs differs) {
      excluded.add(differs.value());
    } else if (atom instanceof Atom.PatternMemberFails
        || atom instanceof Atom.OtherMemberFails
        || atom instanceof Atom.SomeNameFails) {
      someone = atom;
    }
  }

  Outcome solve() {
    search.budget().spend(1 + atoms.size() / 4);
    closeUnderNeeds();
    if (leastSize > mostSize || present.size() > mostSize) {
      return Outcome.empty();
    }
    for (String name : present) {
      if (absent.contains(name) || !isNameAllowed(name)) {
        return Outcome.empty();
      }
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    Outcome doubt = fillPresent(object);
    if (doubt != null) {
      return doubt;
    }
    if (someone != null) {
      return withSomeone();
    }
    if (object.size() < leastSize) {
      Outcome tooSmall = enlarge(object, leastSize - object.size());
      if (tooSmall != null) {
        return tooSmall;
      }
    }
    return JsonValues.contains(excluded, object) ? varied(object) : new Outcome.Witness(object);
  }

  private void closeUnderNeeds() {
    boolean grown = !needs.isEmpty();
    while (grown) {
      grown = false;
      for (Atom.Needs need : needs) {
        grown |= present.contains(need.name()) && present.add(need.other());
      }
    }
  }

  private boolean isNameAllowed(String name) {
    for (SchemaView schema : nameSchemas) {
      if (!search.evaluator().accepts(schema, StringNode.valueOf(name))) {
        return false;
      }
    }
    return true;
  }

  /** Gives every required member a value; null when all have one. */
  private Outcome fillPresent(ObjectNode object) {
    Outcome doubt = null;
    for (String name : present) {
      Outcome member = search.find(memberGoal(name));
      if (member.isEmpty()) {
        return member;
      }
      if (member.isWitness()) {
        object.set(name, member.value());
      } else {
        doubt = member;
      }
    }
    return doubt;
  }

  private Goal memberGoal(String name) {
    List<SchemaView> meets = new ArrayList<>();
    for (SchemaView owner : owners) {
      meets.addAll(MemberSchemas.all(owner, name));
    }
    List<SchemaView> fails = new ArrayList<>();
    for (Atom.MemberFails each : failing) {
      if (each.name().equals(name)) {
        fails.add(each.schema());
      }
    }
    return Goal.of(meets, fails);
  }

  /** Takes the first "some member fails" and tries it with one name of each class. */
  private Outcome withSomeone() {
    Outcome best = Outcome.empty();
    for (String name : representatives(someone)) {
      search.budget().spend(1);
      if (!absent.contains(name) && isNameAllowed(name) && concerns(name)) {
        List<Atom> next = new ArrayList<>(atoms);
        next.remove(someone);
        next.add(decided(name));
        Outcome outcome = new ObjectSolver(search, goal, next).solve();
        if (outcome.isWitness()) {
          if (search.meets(goal, outcome.value())) {
            return outcome;
          }
          outcome = new Outcome.Unknown("no example was found, and no proof that there is none");
        }
        best = best.or(outcome);
      }
    }
    return best.isEmpty() && unsure
        ? new Outcome.Unknown("the names of members cannot be compared")
        : best;
  }

  private boolean concerns(String name) {
    if (someone instanceof Atom.PatternMemberFails fails) {
      return PatternLanguage.of(fails.pattern()).matches(name);
    }
    if (someone instanceof Atom.OtherMemberFails fails) {
      return !MemberSchemas.isDeclared(fails.owner(), name);
    }
    if (someone instanceof Atom.SomeNameFails fails) {
      return !search.evaluator().accepts(fails.schema(), StringNode.valueOf(name));
    }
    throw new IllegalStateException("unexpected atom " + someone);
  }

  private Atom decided(String name) {
    if (someone instanceof Atom.PatternMemberFails fails) {
      return new Atom.MemberFails(name, fails.schema());
    }
    if (someone instanceof Atom.OtherMemberFails fails) {
      return new Atom.MemberFails(name, fails.schema());
    }
    return new Atom.Has(name);
  }

  /** One name of each class; sets {@link #unsure} where a class may have been missed. */
  private Set<String> representatives(Atom atom) {
    Set<String> mentioned = mentionedNames(atom);
    Set<String> names = new LinkedHashSet<>(mentioned);
    List<SchemaView> namesFail = new ArrayList<>();
    Set<String> patterns = new LinkedHashSet<>();
    owners.forEach(owner -> patterns.addAll(MemberSchemas.patternsOf(owner)));
    for (Atom each : atoms) {
      if (each instanceof Atom.PatternMemberFails fails) {
        patterns.add(fails.pattern());
      } else if (each instanceof Atom.OtherMemberFails fails) {
        patterns.addAll(MemberSchemas.patternsOf(fails.owner()));
      }
    }
    if (atom instanceof Atom.SomeNameFails fails) {
      namesFail.add(fails.schema());
    }
    FreshNames fresh = new FreshNames(search, nameSchemas, namesFail, List.copyOf(patterns));
    names.addAll(fresh.besides(mentioned));
    unsure |= fresh.isIncomplete();
    return names;
  }

  private Set<String> mentionedNames(Atom atom) {
    Set<String> names = new LinkedHashSet<>(present);
    owners.forEach(owner -> names.addAll(MemberSchemas.namesOf(owner)));
    if (atom instanceof Atom.OtherMemberFails fails) {
      names.addAll(MemberSchemas.namesOf(fails.owner()));
    }
    for (Atom.Needs need : needs) {
      names.add(need.name());
      names.add(need.other());
    }
    names.addAll(absent);
    return names;
  }

  /** Adds members that nobody asked for, until there are enough; null when there are. */
  private Outcome enlarge(ObjectNode object, int missing) {
    if (missing > MOST_ADDED) {
      return new Outcome.Unknown("the objects are too large to find an example");
    }
    boolean certain = true;
    int left = missing;
    for (String name : mentionedNames(null)) {
      if (left > 0 && !object.has(name) && !absent.contains(name) && isNameAllowed(name)) {
        if (isNeedy(name, object)) {
          certain = false;
          continue;
        }
        Outcome member = search.find(memberGoal(name));
        certain &= !(member instanceof Outcome.Unknown);
        if (member.isWitness()) {
          object.set(name, member.value());
          left--;
        }
      }
    }
    Set<String> used = new LinkedHashSet<>(mentionedNames(null));
    while (left > 0) {
      String name = addFresh(object, used);
      if (name == null) {
        boolean none = certain && !unsure;
        return none ? Outcome.empty() : new Outcome.Unknown("too few members were found");
      }
      left--;
    }
    return null;
  }

  private boolean isNeedy(String name, ObjectNode object) {
    for (Atom.Needs need : needs) {
      if (need.name().equals(name) && !object.has(need.other())) {
        return true;
      }
    }
    return false;
  }

  private String addFresh(ObjectNode object, Set<String> used) {
    Set<String> patterns = new LinkedHashSet<>();
    owners.forEach(owner -> patterns.addAll(MemberSchemas.patternsOf(owner)));
    FreshNames fresh = new FreshNames(search, nameSchemas, List.of(), List.copyOf(patterns));
    List<String> names = fresh.besides(used);
    unsure |= fresh.isIncomplete();
    for (String name : names) {
      Outcome member = search.find(memberGoal(name));
      used.add(name);
      if (member.isWitness()) {
        object.set(name, member.value());
        return name;
      }
      unsure |= !member.isEmpty();
    }
    return null;
  }

  /** Another object than the excluded ones: one more member, or another value of one. */
  private Outcome varied(ObjectNode object) {
    Set<String> used = new LinkedHashSet<>(mentionedNames(null));
    if (object.size() < mostSize) {
      for (String name : mentionedNames(null)) {
        if (!object.has(name) && !absent.contains(name) && isNameAllowed(name)) {
          Outcome member = search.find(memberGoal(name));
          if (member.isWitness()) {
            ObjectNode larger = object.deepCopy();
            larger.set(name, member.value());
            if (search.meets(goal, larger)) {
              return new Outcome.Witness(larger);
            }
          }
        }
      }
      ObjectNode larger = object.deepCopy();
      if (addFresh(larger, used) != null && search.meets(goal, larger)) {
        return new Outcome.Witness(larger);
      }
    }
    boolean single =
        object.size() == present.size() && (mostSize == object.size() || !canGrow(object));
    boolean noOther = single;
    for (Map.Entry<String, JsonNode> each : object.properties()) {
      List<JsonNode> taken = new ArrayList<>();
      taken.add(each.getValue());
      excluded.forEach(value -> taken.addAll(listOf(value.get(each.getKey()))));
      Outcome other = search.find(memberGoal(each.getKey()).differingFrom(taken));
      if (other.isWitness()) {
        ObjectNode changed = object.deepCopy();
        changed.set(each.getKey(), other.value());
        if (search.meets(goal, changed)) {
          return new Outcome.Witness(changed);
        }
      }
      noOther &= other.isEmpty() && excluded.size() == 1;
    }
    return noOther
        ? Outcome.empty()
        : new Outcome.Unknown("no other object was found, and no proof that there is none");
  }

  private boolean canGrow(ObjectNode object) {
    boolean before = unsure;
    unsure = false;
    ObjectNode larger = object.deepCopy();
    boolean grows = unsureOrNotEmpty(enlarge(larger, 1));
    unsure = before;
    return grows;
  }

  private static boolean unsureOrNotEmpty(Outcome outcome) {
    return outcome == null || !outcome.isEmpty();
  }

  private static List<JsonNode> listOf(JsonNode value) {
    return value == null ? List.of() : List.of(value);
  }
}
