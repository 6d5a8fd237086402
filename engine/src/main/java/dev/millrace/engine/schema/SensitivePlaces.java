package dev.millrace.engine.schema;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Where in a value something stands that must not be shown: marked in its schema by {@code
 * writeOnly: true} or {@code x-millrace-sensitive: true}. Made once with the plan, immutable, used
 * on any thread.
 *
 * <p>Which branch of a schema a value takes is not asked: what any of them marks is sensitive.
 */
public final class SensitivePlaces {
  /** What stands in the place of a sensitive value. */
  public static final JsonNode MASK = StringNode.valueOf("***");

  /** Nothing is sensitive. */
  public static final SensitivePlaces NONE = new SensitivePlaces(Set.of());

  /** The whole value is sensitive. */
  public static final SensitivePlaces WHOLE = of(Place.WHOLE);

  /** All that may be said of one value; a value is sensitive where any of them says so. */
  private final Set<Place> places;

  private SensitivePlaces(Set<Place> places) {
    this.places = places;
  }

  /** The sensitive places of the values of a schema. */
  public static SensitivePlaces of(JsonNode schema) {
    return of(SchemaPlaces.compile(schema));
  }

  private static SensitivePlaces of(Place place) {
    if (!place.leadsToMark()) {
      return NONE;
    }
    Set<Place> one = newSet();
    one.add(place);
    return new SensitivePlaces(one);
  }

  /** The sensitive places of an object by those of its members. */
  public static SensitivePlaces ofMembers(Map<String, SensitivePlaces> members) {
    return of(new Place.Members(members));
  }

  /** The sensitive places of an object of which every member is sensitive. */
  public static SensitivePlaces ofEveryMember() {
    return of(Place.EVERY_MEMBER);
  }

  /** The sensitive places of an array by those of its elements. */
  public static SensitivePlaces ofElements(List<SensitivePlaces> elements) {
    return of(new Place.Elements(elements));
  }

  private static Set<Place> newSet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** These and others. */
  public SensitivePlaces and(SensitivePlaces others) {
    if (others.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return others;
    }
    Set<Place> both = newSet();
    both.addAll(places);
    both.addAll(others.places);
    return new SensitivePlaces(both);
  }

  void addTo(Set<Place> into) {
    into.addAll(places);
  }

  /** Whether nothing in the value is sensitive. */
  public boolean isEmpty() {
    return places.isEmpty();
  }

  /** Whether the value as a whole is. */
  public boolean isWhole() {
    for (Place place : places) {
      if (place.isMarked()) {
        return true;
      }
    }
    return false;
  }

  /** The places below a path; what stands in a sensitive value is sensitive. */
  public SensitivePlaces at(List<PathStep> steps) {
    SensitivePlaces at = this;
    for (PathStep step : steps) {
      if (at.isEmpty() || at.isWhole()) {
        return at;
      }
      at =
          step instanceof PathStep.Name name
              ? at.member(name.name())
              : at.element(((PathStep.Index) step).index());
    }
    return at;
  }

  /** The places of a member. */
  SensitivePlaces member(String name) {
    Set<Place> below = newSet();
    for (Place place : places) {
      place.member(name, below);
    }
    return below.isEmpty() ? NONE : new SensitivePlaces(below);
  }

  /** The places of an element. */
  SensitivePlaces element(int index) {
    Set<Place> below = newSet();
    for (Place place : places) {
      place.element(index, below);
    }
    return below.isEmpty() ? NONE : new SensitivePlaces(below);
  }

  /**
   * The value with {@link #MASK} in its sensitive places; the same value where it has none.
   *
   * @param value null where there is none
   */
  public JsonNode mask(JsonNode value) {
    return mask(value, any -> false);
  }

  /**
   * The same, but some values stay.
   *
   * @param harmless whether a value in a sensitive place tells nothing
   */
  public JsonNode mask(JsonNode value, Predicate<JsonNode> harmless) {
    if (value == null || isEmpty()) {
      return value;
    }
    if (isWhole()) {
      return value.isNull() || harmless.test(value) ? value : MASK;
    }
    if (value.isObject()) {
      ObjectNode masked = JsonNodeFactory.instance.objectNode();
      boolean changed = false;
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        JsonNode safe = member(member.getKey()).mask(member.getValue(), harmless);
        changed |= isOther(safe, member.getValue());
        masked.set(member.getKey(), safe);
      }
      return changed ? masked : value;
    }
    if (value.isArray()) {
      ArrayNode masked = JsonNodeFactory.instance.arrayNode(value.size());
      boolean changed = false;
      for (int index = 0; index < value.size(); index++) {
        JsonNode safe = element(index).mask(value.get(index), harmless);
        changed |= isOther(safe, value.get(index));
        masked.add(safe);
      }
      return changed ? masked : value;
    }
    return value;
  }

  @SuppressWarnings("ReferenceEquality") // an unchanged value is given back as it is
  private static boolean isOther(JsonNode safe, JsonNode value) {
    return safe != value;
  }
}
