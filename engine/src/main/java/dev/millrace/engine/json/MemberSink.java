package dev.millrace.engine.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/**
 * Takes the members of one object in order, so that the same code makes a tree or a text; used on
 * one thread.
 */
public sealed interface MemberSink permits TreeSink, TextSink {
  void put(JsonName name, String value);

  void put(JsonName name, long value);

  void put(JsonName name, BigDecimal value);

  void put(JsonName name, JsonNode value);

  /** An array with an object for each element, whose members {@code write} puts. */
  <T> void putObjects(JsonName name, List<T> elements, BiConsumer<T, MemberSink> write);
}
