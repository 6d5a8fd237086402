package dev.millrace.engine.schema.proof;

import dev.millrace.engine.schema.SchemaView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the plain facts of a branch say about its open choices, by cheap looks only; lives for one
 * round of {@link TypeSearch}.
 *
 * <p>This is what keeps unions with tags linear: a required member that has one of a few values
 * settles the question of most other branches of the union.
 */
final class Facts {
  private final Search search;
  private final Set<String> present = new HashSet<>();
  private final Set<String> absent = new HashSet<>();
  private final List<SchemaView> owners = new ArrayList<>();
  private final Map<String, List<JsonNode>> listed = new HashMap<>();
  private int leastSize;
  private int mostSize = Integer.MAX_VALUE;

  Facts(Search search, List<Atom> atoms) {
    this.search = search;
    for (Atom atom : atoms) {
      if (atom instanceof Atom.Has has) {
        present.add(has.name());
      } else if (atom instanceof Atom.MemberFails fails) {
        present.add(fails.name());
      } else if (atom instanceof Atom.Lacks lacks) {
        absent.add(lacks.name());
      } else if (atom instanceof Atom.Members members) {
        owners.add(members.owner());
      } else if (atom instanceof Atom.SizeAtLeast least) {
        leastSize = Math.max(leastSize, least.size());
      } else if (atom instanceof Atom.SizeAtMost most) {
        mostSize = Math.min(mostSize, most.size());
      }
    }
  }

  /** The ways that may still be gone; null where the choice is made already. */
  List<Branch> stillOpen(List<Branch> choice) {
    List<Branch> open = new ArrayList<>(choice.size());
    for (Branch branch : choice) {
      boolean certain =
          branch.meets().isEmpty() && branch.fails().isEmpty() && !branch.atoms().isEmpty();
      boolean possible = true;
      for (Atom atom : branch.atoms()) {
        certain = certain && isCertain(atom);
        possible = possible && isPossible(atom);
      }
      if (certain && possible) {
        return null;
      }
      for (SchemaView schema : branch.meets()) {
        possible = possible && mayMeet(schema);
      }
      if (possible) {
        open.add(branch);
      }
    }
    return open;
  }

  private boolean isPossible(Atom atom) {
    if (atom instanceof Atom.Has has) {
      return !absent.contains(has.name());
    }
    if (atom instanceof Atom.Lacks lacks) {
      return !present.contains(lacks.name());
    }
    if (atom instanceof Atom.MemberFails fails) {
      return !absent.contains(fails.name()) && mayFail(fails);
    }
    if (atom instanceof Atom.SizeAtLeast least) {
      return least.size() <= mostSize;
    }
    if (atom instanceof Atom.SizeAtMost most) {
      return most.size() >= leastSize;
    }
    return true;
  }

  private boolean isCertain(Atom atom) {
    if (atom instanceof Atom.Has has) {
      return present.contains(has.name());
    }
    if (atom instanceof Atom.Lacks lacks) {
      return absent.contains(lacks.name());
    }
    if (atom instanceof Atom.MemberFails fails) {
      return present.contains(fails.name()) && surelyFails(fails);
    }
    if (atom instanceof Atom.SizeAtLeast least) {
      return least.size() <= leastSize;
    }
    if (atom instanceof Atom.SizeAtMost most) {
      return most.size() >= mostSize;
    }
    return false;
  }

  private boolean mayFail(Atom.MemberFails fails) {
    List<JsonNode> values = valuesOf(fails.name());
    if (values == null) {
      return true;
    }
    for (JsonNode value : values) {
      if (!search.evaluator().accepts(fails.schema(), value)) {
        return true;
      }
    }
    return false;
  }

  private boolean surelyFails(Atom.MemberFails fails) {
    List<JsonNode> values = valuesOf(fails.name());
    if (values == null) {
      return false;
    }
    for (JsonNode value : values) {
      if (search.evaluator().accepts(fails.schema(), value)) {
        return false;
      }
    }
    return true;
  }

  /** False where a member that must be there has only values that the schema's tag rejects. */
  private boolean mayMeet(SchemaView schema) {
    SchemaView target = schema.node().has("$ref") ? Views.referenced(schema) : schema;
    JsonNode properties = target.node().get("properties");
    if (properties == null) {
      return true;
    }
    for (String name : present) {
      JsonNode member = properties.get(name);
      List<JsonNode> values = member == null ? null : valuesOf(name);
      if (values != null) {
        boolean any = false;
        for (JsonNode value : values) {
          any = any || search.evaluator().accepts(target.at(member), value);
        }
        if (!any) {
          return false;
        }
      }
    }
    return true;
  }

  /** The few values that a member can have, or null where they are not listed. */
  private List<JsonNode> valuesOf(String name) {
    if (listed.containsKey(name)) {
      return listed.get(name);
    }
    List<JsonNode> values = null;
    for (SchemaView owner : owners) {
      JsonNode properties = owner.node().get("properties");
      JsonNode member = properties == null ? null : properties.get(name);
      if (member != null && member.has("const")) {
        values = List.of(member.get("const"));
      } else if (member != null && member.has("enum") && values == null) {
        List<JsonNode> all = new ArrayList<>();
        member.get("enum").forEach(all::add);
        values = all;
      }
    }
    listed.put(name, values);
    return values;
  }
}
