package dev.millrace.engine.schema.proof;

import dev.millrace.engine.schema.SchemaView;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known on one branch of the search about a value of one type; owned by {@link TypeSearch},
 * copied where the search branches.
 */
final class TypedState {
  /** References can form long chains; the stack is finite. */
  private static final int MOST_NESTED = 300;

  final JsonType type;
  final List<Atom> atoms;
  final List<List<Branch>> choices;
  private final List<SchemaView> met;
  private final List<SchemaView> failed;
  private boolean contradictory;
  private int nesting;

  TypedState(JsonType type) {
    this(type, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  private TypedState(
      JsonType type,
      List<Atom> atoms,
      List<List<Branch>> choices,
      List<SchemaView> met,
      List<SchemaView> failed) {
    this.type = type;
    this.atoms = atoms;
    this.choices = choices;
    this.met = met;
    this.failed = failed;
  }

  TypedState copy() {
    return new TypedState(
        type,
        new ArrayList<>(atoms),
        new ArrayList<>(choices),
        new ArrayList<>(met),
        new ArrayList<>(failed));
  }

  boolean isContradictory() {
    return contradictory;
  }

  void contradict() {
    contradictory = true;
  }

  void add(Branch branch, Budget budget) {
    atoms.addAll(branch.atoms());
    branch.meets().forEach(schema -> meet(schema, budget));
    branch.fails().forEach(schema -> fail(schema, budget));
  }

  /** The value is valid under the schema. */
  void meet(SchemaView schema, Budget budget) {
    budget.spend(1);
    if (contradictory || Views.isTrue(schema)) {
      return;
    }
    if (Views.isFalse(schema)) {
      contradictory = true;
      return;
    }
    budget.spend((met.size() + failed.size()) / 8);
    if (containsSame(met, schema)) {
      return;
    }
    if (containsSame(failed, schema)) {
      contradictory = true;
      return;
    }
    met.add(schema);
    if (++nesting > MOST_NESTED) {
      throw new Budget.Spent();
    }
    new Assumption(this, schema, budget).apply();
    nesting--;
  }

  /** The value is not valid under the schema. */
  void fail(SchemaView schema, Budget budget) {
    budget.spend(1);
    if (contradictory || Views.isFalse(schema)) {
      return;
    }
    if (Views.isTrue(schema) || containsSame(met, schema)) {
      contradictory = true;
      return;
    }
    if (containsSame(failed, schema)) {
      return;
    }
    failed.add(schema);
    List<Branch> ways = new Denial(type, schema).ways();
    if (ways == null) {
      return;
    }
    if (ways.isEmpty()) {
      contradictory = true;
    } else if (ways.size() == 1) {
      if (++nesting > MOST_NESTED) {
        throw new Budget.Spent();
      }
      add(ways.get(0), budget);
      nesting--;
    } else {
      choices.add(ways);
    }
  }

  private static boolean containsSame(List<SchemaView> list, SchemaView schema) {
    for (SchemaView each : list) {
      if (Views.same(each, schema)) {
        return true;
      }
    }
    return false;
  }
}
