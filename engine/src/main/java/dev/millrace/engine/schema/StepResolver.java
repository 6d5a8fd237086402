package dev.millrace.engine.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Takes one step of a path through one schema; lives for that step on the caller's thread.
 *
 * <p>A schema is seen as parts that all hold ({@code $ref}, {@code allOf}) and groups of which one
 * holds ({@code anyOf}, {@code oneOf}, {@code if}). Every part may say something about the step.
 */
final class StepResolver {
  private static final int MOST_PARTS = 2_000;

  /** What a schema says about a step. */
  enum Kind {
    /** It declares the place. */
    DECLARED,
    /** It says nothing about any place, so everything may stand there. */
    SILENT,
    /** It declares other places only, so this one is taken for a mistake. */
    UNDECLARED,
    /** Nothing can stand there. */
    IMPOSSIBLE
  }

  /**
   * The answer for one schema.
   *
   * @param schema what may stand there, true where nothing is known
   * @param reason why the step fails, null where it does not
   */
  record Outcome(Kind kind, JsonNode schema, boolean mayBeAbsent, String reason) {
    boolean isFound() {
      return kind == Kind.DECLARED || kind == Kind.SILENT;
    }

    boolean isTrue() {
      return schema.isBoolean() && schema.booleanValue();
    }
  }

  private final JsonNode root;
  private final PlaceRule rule;
  private final Set<String> knownNames = new LinkedHashSet<>();
  private int partsLeft = MOST_PARTS;

  StepResolver(JsonNode root, PathStep step) {
    this.root = root;
    this.rule = PlaceRule.of(step);
  }

  List<String> knownNames() {
    return List.copyOf(knownNames);
  }

  Outcome resolve(JsonNode schema) {
    return resolve(List.of(schema), Surroundings.NONE);
  }

  private Outcome resolve(List<JsonNode> schemas, Surroundings outer) {
    Set<JsonNode> parts = Collections.newSetFromMap(new IdentityHashMap<>());
    List<JsonNode> ordered = new ArrayList<>();
    schemas.forEach(schema -> collectParts(schema, parts, ordered));
    Surroundings around = outer;
    for (JsonNode part : ordered) {
      around = around.with(part);
    }
    if (!around.allows(rule.type())) {
      return impossible(around.typeReason(rule));
    }
    Answers answers = new Answers(around);
    for (JsonNode part : ordered) {
      rule.names(part, knownNames);
      answers.add(rule.judge(part));
      for (List<List<JsonNode>> group : groupsOf(part)) {
        answers.addGroup(group);
      }
      if (answers.impossible != null) {
        return answers.impossible;
      }
    }
    return answers.combined();
  }

  private static Outcome impossible(String reason) {
    return new Outcome(Kind.IMPOSSIBLE, BooleanNode.FALSE, true, reason);
  }

  /** The schema itself, what it refers to, and its allOf, each once. */
  private void collectParts(JsonNode schema, Set<JsonNode> seen, List<JsonNode> ordered) {
    if (partsLeft <= 0 || !seen.add(schema)) {
      return;
    }
    partsLeft--;
    ordered.add(schema);
    SchemaView target = new SchemaView(root, schema).referenced();
    if (target != null) {
      collectParts(target.node(), seen, ordered);
    }
    JsonNode all = schema.get("allOf");
    if (all != null) {
      all.forEach(each -> collectParts(each, seen, ordered));
    }
  }

  /** Groups of branches; at least one branch of each group holds, each branch is a conjunction. */
  private List<List<List<JsonNode>>> groupsOf(JsonNode part) {
    List<List<List<JsonNode>>> groups = new ArrayList<>();
    for (String keyword : List.of("anyOf", "oneOf")) {
      if (part.has(keyword)) {
        List<List<JsonNode>> branches = new ArrayList<>();
        part.get(keyword).forEach(branch -> branches.add(List.of(branch)));
        groups.add(branches);
      }
    }
    if (part.has("if")) {
      List<JsonNode> holds = new ArrayList<>(List.of(part.get("if")));
      if (part.has("then")) {
        holds.add(part.get("then"));
      }
      List<JsonNode> otherwise = part.has("else") ? List.of(part.get("else")) : List.of();
      groups.add(List.of(holds, otherwise));
    }
    if (part.has("dependentSchemas")) {
      part.get("dependentSchemas").forEach(each -> groups.add(List.of(List.of(each), List.of())));
    }
    return groups;
  }

  /** Gathers what the parts and groups of one conjunction say. */
  private final class Answers {
    private final Surroundings around;
    private final List<JsonNode> schemas = new ArrayList<>();
    private boolean declared;
    private boolean undeclared;
    private boolean guaranteed;
    private Outcome impossible;

    Answers(Surroundings around) {
      this.around = around;
      this.guaranteed = rule.isGuaranteed(around);
      this.declared = guaranteed && rule.isNamedBy(around);
    }

    void add(Outcome outcome) {
      switch (outcome.kind()) {
        case IMPOSSIBLE -> impossible = outcome;
        case UNDECLARED -> undeclared = true;
        case DECLARED -> {
          declared = true;
          schemas.add(outcome.schema());
        }
        case SILENT -> {
          // Nothing to add: everything may stand there.
        }
      }
      if (outcome.isFound() && !outcome.mayBeAbsent()) {
        guaranteed = true;
      }
    }

    void addGroup(List<List<JsonNode>> branches) {
      ArrayNode choices = JsonNodeFactory.instance.arrayNode();
      boolean anything = false;
      boolean inAll = true;
      boolean anyDeclared = false;
      boolean allSilent = true;
      Outcome lastImpossible = null;
      for (List<JsonNode> branch : branches) {
        Outcome outcome =
            partsLeft > 0
                ? resolve(branch, around)
                : new Outcome(Kind.SILENT, BooleanNode.TRUE, true, null);
        inAll &= outcome.isFound() && !outcome.mayBeAbsent();
        allSilent &= outcome.kind() == Kind.SILENT;
        anyDeclared |= outcome.kind() == Kind.DECLARED;
        if (outcome.kind() == Kind.IMPOSSIBLE) {
          lastImpossible = outcome;
        } else if (outcome.isTrue()) {
          anything = true;
        } else {
          choices.add(outcome.schema());
        }
      }
      if (choices.isEmpty() && !anything) {
        impossible = lastImpossible;
        return;
      }
      guaranteed |= inAll;
      declared |= anyDeclared;
      undeclared |= !anyDeclared && !allSilent;
      if (!anything) {
        schemas.add(choices.size() == 1 ? choices.get(0) : keyed("anyOf", choices));
      }
    }

    Outcome combined() {
      JsonNode schema = conjunction();
      if (schema.isBoolean() && !schema.booleanValue()) {
        return impossible(rule.neverReason());
      }
      if (!declared && undeclared) {
        return new Outcome(Kind.UNDECLARED, BooleanNode.TRUE, true, rule.unknownReason());
      }
      return new Outcome(declared ? Kind.DECLARED : Kind.SILENT, schema, !guaranteed, null);
    }

    private JsonNode conjunction() {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      for (JsonNode schema : schemas) {
        if (schema.isBoolean() && !schema.booleanValue()) {
          return schema;
        }
        if (!schema.isBoolean() && !schema.isEmpty()) {
          all.add(schema);
        }
      }
      return switch (all.size()) {
        case 0 -> BooleanNode.TRUE;
        case 1 -> all.get(0);
        default -> keyed("allOf", all);
      };
    }

    private JsonNode keyed(String keyword, ArrayNode schemas) {
      return JsonNodeFactory.instance.objectNode().set(keyword, schemas);
    }
  }
}
