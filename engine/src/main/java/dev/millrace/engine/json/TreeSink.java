package dev.millrace.engine.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes a tree of an object's members; lives as long as the object is written. */
public final class TreeSink implements MemberSink {
  private final ObjectNode object;

  private TreeSink(ObjectNode object) {
    this.object = object;
  }

  /** The object whose members the writer puts. */
  public static ObjectNode write(Consumer<MemberSink> writer) {
    TreeSink sink = new TreeSink(new ObjectNode(JsonNodeFactory.instance));
    writer.accept(sink);
    return sink.object;
  }

  @Override
  public void put(JsonName name, String value) {
    object.put(name.name(), value);
  }

  @Override
  public void put(JsonName name, long value) {
    object.set(name.name(), JsonNumbers.integer(value));
  }

  @Override
  public void put(JsonName name, BigDecimal value) {
    object.set(name.name(), JsonNumbers.decimal(value));
  }

  @Override
  public void put(JsonName name, JsonNode value) {
    object.set(name.name(), value);
  }

  @Override
  public <T> void putObjects(JsonName name, List<T> elements, BiConsumer<T, MemberSink> write) {
    ArrayNode array = object.putArray(name.name());
    for (T element : elements) {
      write.accept(element, new TreeSink(array.addObject()));
    }
  }
}
