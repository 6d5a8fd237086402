package dev.millrace.engine.definition;

import dev.millrace.engine.problem.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Takes a {@code kind: List} apart into documents of their own; stateless, any thread. */
final class ListItems {
  private static final String PREFIX = "/items/";

  private ListItems() {}

  /** The first items, up to a number. */
  static List<SourceDocument> split(SourceDocument list, JsonNode items, int most) {
    int size = Math.min(items.size(), most);
    List<Map<String, SourcePosition>> positions = split(list.source().positions(), size);
    List<Map<String, SourcePosition>> keys = split(list.source().keys(), size);
    List<List<SourceDocument.Finding>> findings = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      findings.add(new ArrayList<>());
    }
    for (SourceDocument.Finding finding : list.findings()) {
      int index = index(finding.pointer(), size);
      // What is wrong with the list itself is told with its first item.
      if (!findings.isEmpty()) {
        findings
            .get(Math.max(0, index))
            .add(
                new SourceDocument.Finding(
                    index < 0 ? "" : below(finding.pointer()),
                    finding.position(),
                    finding.message(),
                    finding.suggestion()));
      }
    }
    List<SourceDocument> documents = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      SourceMap source = new SourceMap(positions.get(i), keys.get(i));
      documents.add(new SourceDocument(items.get(i), source, findings.get(i)));
    }
    return documents;
  }

  /** One pass for all items, as a pass for each would take their number squared. */
  private static List<Map<String, SourcePosition>> split(
      Map<String, SourcePosition> positions, int size) {
    List<Map<String, SourcePosition>> split = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      split.add(new HashMap<>());
    }
    for (Map.Entry<String, SourcePosition> entry : positions.entrySet()) {
      int index = index(entry.getKey(), size);
      if (index >= 0) {
        split.get(index).put(below(entry.getKey()), entry.getValue());
      }
    }
    return split;
  }

  /** The item that a pointer leads into; -1 where it leads into none. */
  private static int index(String pointer, int size) {
    int end = end(pointer);
    if (!pointer.startsWith(PREFIX) || end - PREFIX.length() > 7) {
      return -1;
    }
    int index = Integer.parseInt(pointer, PREFIX.length(), end, 10);
    return index < size ? index : -1;
  }

  /** The rest of a pointer below its item. */
  private static String below(String pointer) {
    return pointer.substring(end(pointer));
  }

  private static int end(String pointer) {
    int slash = pointer.indexOf('/', Math.min(pointer.length(), PREFIX.length()));
    return slash < 0 ? pointer.length() : slash;
  }
}
