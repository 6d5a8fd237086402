package dev.millrace.engine.json;

import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Makes a text of an object's members without a tree of them; lives as long as the object is
 * written.
 */
public final class TextSink implements MemberSink {
  /** As long as most answers are, in bytes. */
  private static final int USUAL_LENGTH = 1_024;

  private final JsonWriter text = new JsonWriter(Integer.MAX_VALUE, USUAL_LENGTH);
  private boolean first;

  private TextSink() {}

  /**
   * The object whose members the writer puts, as UTF-8 in a buffer that the caller may read but not
   * append to.
   */
  public static Buffer write(Consumer<MemberSink> writer) {
    TextSink sink = new TextSink();
    sink.begin();
    writer.accept(sink);
    sink.text.raw('}');
    return sink.text.toBuffer();
  }

  @Override
  public void put(JsonName name, String value) {
    name(name);
    text.string(value);
  }

  @Override
  public void put(JsonName name, long value) {
    name(name);
    text.integer(value);
  }

  @Override
  public void put(JsonName name, BigDecimal value) {
    name(name);
    text.decimal(value);
  }

  @Override
  public void put(JsonName name, JsonNode value) {
    name(name);
    text.value(value);
  }

  @Override
  public <T> void putObjects(JsonName name, List<T> elements, BiConsumer<T, MemberSink> write) {
    name(name);
    text.raw('[');
    for (int i = 0; i < elements.size(); i++) {
      if (i > 0) {
        text.raw(',');
      }
      begin();
      write.accept(elements.get(i), this);
      text.raw('}');
    }
    text.raw(']');
    first = false;
  }

  private void begin() {
    text.raw('{');
    first = true;
  }

  private void name(JsonName name) {
    if (!first) {
      text.raw(',');
    }
    first = false;
    text.raw(name.text());
  }
}
