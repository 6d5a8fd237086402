package dev.millrace.engine.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Orders JSON Pointers as a reader of the document meets their places; lives for one report, on the
 * validating thread.
 *
 * <p>It goes by the document's tree and not by positions in a text, because resources also come
 * without a text. A parent stands before what is in it, and a place that the document lacks stands
 * at the end of its parent.
 */
final class DocumentOrder {
  private static final int ABSENT = Integer.MAX_VALUE;

  private final JsonNode document;
  private final IdentityHashMap<JsonNode, Map<String, Integer>> members = new IdentityHashMap<>();

  DocumentOrder(JsonNode document) {
    this.document = document;
  }

  /** The items by the places they speak of; items of the same place keep their order. */
  <T> List<T> sorted(List<T> items, Function<T, String> pointer) {
    if (items.size() < 2) {
      return items;
    }
    List<Keyed<T>> keyed = new ArrayList<>(items.size());
    for (T item : items) {
      keyed.add(new Keyed<>(key(pointer.apply(item)), item));
    }
    keyed.sort((left, right) -> Arrays.compare(left.key(), right.key()));
    List<T> sorted = new ArrayList<>(items.size());
    for (Keyed<T> each : keyed) {
      sorted.add(each.item());
    }
    return sorted;
  }

  private int[] key(String pointer) {
    if (pointer.isEmpty()) {
      return new int[0];
    }
    String[] tokens = pointer.substring(1).split("/", -1);
    int[] key = new int[tokens.length];
    JsonNode place = document;
    for (int i = 0; i < tokens.length; i++) {
      String token = tokens[i].replace("~1", "/").replace("~0", "~");
      int index = place == null ? ABSENT : indexOf(place, token);
      key[i] = index;
      place = index == ABSENT ? null : place.isArray() ? place.get(index) : place.get(token);
    }
    return key;
  }

  private int indexOf(JsonNode parent, String token) {
    if (parent.isArray()) {
      int index = arrayIndex(token);
      return index < parent.size() ? index : ABSENT;
    }
    return members.computeIfAbsent(parent, DocumentOrder::numbered).getOrDefault(token, ABSENT);
  }

  private static int arrayIndex(String token) {
    try {
      int index = Integer.parseInt(token);
      return index < 0 ? ABSENT : index;
    } catch (NumberFormatException notAnIndex) {
      return ABSENT;
    }
  }

  private static Map<String, Integer> numbered(JsonNode object) {
    Map<String, Integer> numbers = new HashMap<>();
    for (String name : object.propertyNames()) {
      numbers.put(name, numbers.size());
    }
    return numbers;
  }

  @SuppressWarnings("ArrayRecordComponent") // made, sorted by and dropped within one method
  private record Keyed<T>(int[] key, T item) {}
}
