package dev.millrace.engine.schema;

import dev.millrace.engine.schema.pattern.EcmaPattern;
import dev.millrace.engine.schema.pattern.PatternSyntaxProblem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Walks a schema once for the places that it marks as sensitive; lives for one walk. A schema may
 * lead back to itself, so its places are a graph, made without recursion.
 */
final class SchemaPlaces {
  private static final List<String> SAME_VALUE =
      List.of("allOf", "anyOf", "oneOf", "if", "then", "else", "not");

  private final JsonNode root;
  private final IdentityHashMap<JsonNode, SchemaPlace> places = new IdentityHashMap<>();
  private final Deque<SchemaPlace> waiting = new ArrayDeque<>();

  private SchemaPlaces(JsonNode root) {
    this.root = root;
  }

  /** What the schema says; of a schema that is not valid, what can be understood. */
  static Place compile(JsonNode schema) {
    return new SchemaPlaces(schema).compile();
  }

  private Place compile() {
    SchemaPlace start = place(root);
    while (!waiting.isEmpty()) {
      waiting.remove().read(this);
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (SchemaPlace place : places.values()) {
        changed |= place.learn();
      }
    }
    return start;
  }

  private SchemaPlace place(JsonNode schema) {
    SchemaPlace known = places.get(schema);
    if (known == null) {
      known = new SchemaPlace(schema);
      places.put(schema, known);
      waiting.add(known);
    }
    return known;
  }

  /** A place of the schema, with every other place that judges the same value. */
  private static final class SchemaPlace implements Place {
    private final JsonNode schema;
    private final List<Rule> rules = new ArrayList<>();
    private boolean marked;
    private boolean leadsToMark;

    SchemaPlace(JsonNode schema) {
      this.schema = schema;
    }

    void read(SchemaPlaces all) {
      Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      Deque<JsonNode> next = new ArrayDeque<>();
      next.add(schema);
      while (!next.isEmpty()) {
        JsonNode part = next.remove();
        if (!part.isObject() || !seen.add(part)) {
          continue;
        }
        marked |= isTrue(part.get("writeOnly")) || isTrue(part.get("x-millrace-sensitive"));
        rules.add(new Rule(part, all));
        SchemaView target = new SchemaView(all.root, part).referenced();
        if (target != null) {
          next.add(target.node());
        }
        for (String keyword : SAME_VALUE) {
          JsonNode value = part.get(keyword);
          if (value != null && value.isArray()) {
            value.forEach(next::add);
          } else if (value != null) {
            next.add(value);
          }
        }
        part.path("dependentSchemas").properties().forEach(each -> next.add(each.getValue()));
      }
      leadsToMark = marked;
    }

    /** Looks at its neighbours; whether that told something new. */
    boolean learn() {
      if (leadsToMark) {
        return false;
      }
      for (Rule rule : rules) {
        leadsToMark |= rule.leadsToMark();
        // A text that holds JSON cannot be masked in part.
        marked |= rule.content != null && rule.content.leadsToMark;
      }
      leadsToMark |= marked;
      return leadsToMark;
    }

    private static boolean isTrue(JsonNode value) {
      return value != null && value.isBoolean() && value.booleanValue();
    }

    @Override
    public boolean isMarked() {
      return marked;
    }

    @Override
    public boolean leadsToMark() {
      return leadsToMark;
    }

    @Override
    public void member(String name, Set<Place> into) {
      for (Rule rule : rules) {
        rule.member(name, into);
      }
    }

    @Override
    public void element(int index, Set<Place> into) {
      for (Rule rule : rules) {
        rule.element(index, into);
      }
    }
  }

  private record PatternRule(EcmaPattern pattern, SchemaPlace place) {
    boolean matches(String name) {
      return pattern == null || pattern.matches(name);
    }
  }

  /** What one schema object says of the members and elements of a value. */
  private static final class Rule {
    private final Map<String, SchemaPlace> properties = new HashMap<>();
    private final List<PatternRule> patterns = new ArrayList<>();
    private final List<SchemaPlace> prefix = new ArrayList<>();
    private final SchemaPlace otherProperties;
    private final SchemaPlace anyProperty;
    private final SchemaPlace otherItems;
    private final SchemaPlace contained;
    private final SchemaPlace anyItem;
    private final SchemaPlace content;

    Rule(JsonNode schema, SchemaPlaces all) {
      for (Map.Entry<String, JsonNode> each : schema.path("properties").properties()) {
        properties.put(each.getKey(), all.place(each.getValue()));
      }
      for (Map.Entry<String, JsonNode> each : schema.path("patternProperties").properties()) {
        patterns.add(new PatternRule(pattern(each.getKey()), all.place(each.getValue())));
      }
      if (schema.path("prefixItems").isArray()) {
        schema.get("prefixItems").forEach(each -> prefix.add(all.place(each)));
      }
      otherProperties = below(schema, "additionalProperties", all);
      anyProperty = below(schema, "unevaluatedProperties", all);
      otherItems = below(schema, "items", all);
      contained = below(schema, "contains", all);
      anyItem = below(schema, "unevaluatedItems", all);
      content = below(schema, "contentSchema", all);
    }

    private static SchemaPlace below(JsonNode schema, String keyword, SchemaPlaces all) {
      JsonNode value = schema.get(keyword);
      return value == null ? null : all.place(value);
    }

    /** Null, which matches every name, for what cannot be read. */
    private static EcmaPattern pattern(String text) {
      try {
        return EcmaPattern.parse(text);
      } catch (PatternSyntaxProblem unreadable) {
        return null;
      }
    }

    boolean leadsToMark() {
      for (SchemaPlace each : properties.values()) {
        if (each.leadsToMark) {
          return true;
        }
      }
      for (PatternRule each : patterns) {
        if (each.place().leadsToMark) {
          return true;
        }
      }
      for (SchemaPlace each : prefix) {
        if (each.leadsToMark) {
          return true;
        }
      }
      return leads(otherProperties)
          || leads(anyProperty)
          || leads(otherItems)
          || leads(contained)
          || leads(anyItem);
    }

    private static boolean leads(SchemaPlace place) {
      return place != null && place.leadsToMark;
    }

    void member(String name, Set<Place> into) {
      SchemaPlace own = properties.get(name);
      boolean declared = own != null;
      add(own, into);
      for (PatternRule rule : patterns) {
        if (rule.matches(name)) {
          declared = true;
          add(rule.place(), into);
        }
      }
      if (!declared) {
        add(otherProperties, into);
      }
      add(anyProperty, into);
    }

    void element(int index, Set<Place> into) {
      add(index < prefix.size() ? prefix.get(index) : otherItems, into);
      add(contained, into);
      add(anyItem, into);
    }

    private static void add(SchemaPlace place, Set<Place> into) {
      if (place != null && place.leadsToMark) {
        into.add(place);
      }
    }
  }
}
