package dev.millrace.engine.journal;

import dev.millrace.engine.json.CanonicalJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import tools.jackson.databind.JsonNode;

/**
 * What changed between two documents, for people: a line diff of both in YAML with sorted names, so
 * that order and spelling in the source do not show. Stateless, usable on any thread.
 */
public final class DefinitionDiff {
  private DefinitionDiff() {}

  /**
   * The unified diff; empty when nothing changed.
   *
   * @param before null when there was nothing
   * @param after null when there is nothing any more
   */
  public static String between(JsonNode before, JsonNode after) {
    return LineDiff.between(lines(before), lines(after));
  }

  /** A document as its diff shows it; null gives the empty text. */
  public static String text(JsonNode document) {
    if (document == null) {
      return "";
    }
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setSplitLines(false)
            .setIndent(2)
            .build();
    return new Dump(settings).dumpToString(plain(CanonicalJson.of(document)));
  }

  private static List<String> lines(JsonNode document) {
    return text(document).lines().toList();
  }

  private static Object plain(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> members = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        members.put(member.getKey(), plain(member.getValue()));
      }
      return members;
    }
    if (node.isArray()) {
      List<Object> elements = new ArrayList<>(node.size());
      for (JsonNode element : node) {
        elements.add(plain(element));
      }
      return elements;
    }
    if (node.isNull()) {
      return null;
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return node.isNumber() ? node.numberValue() : node.asString();
  }
}
