package dev.millrace.engine.json;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.StringNode;

/**
 * The name of a member that is written often, with its text; a constant of whoever writes it,
 * immutable.
 */
public final class JsonName {
  private final String name;
  private final byte[] text;

  private JsonName(String name) {
    this.name = name;
    this.text = (Json.toText(StringNode.valueOf(name)) + ':').getBytes(StandardCharsets.UTF_8);
  }

  public static JsonName of(String name) {
    return new JsonName(name);
  }

  String name() {
    return name;
  }

  /** The quoted name and its colon as UTF-8; not to be changed. */
  byte[] text() {
    return text;
  }
}
