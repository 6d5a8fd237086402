package dev.millrace.gateway.api;

import dev.millrace.engine.journal.AuditEntry;
import dev.millrace.engine.journal.DefinitionVersion;
import dev.millrace.engine.journal.WireTime;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the history of definitions; stateless. */
final class VersionJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private VersionJson() {}

  static ObjectNode versions(List<DefinitionVersion> versions, long total) {
    ArrayNode items = NODES.arrayNode(versions.size());
    for (DefinitionVersion version : versions) {
      items.add(summary(version));
    }
    return DefinitionJson.list(items, total);
  }

  static ObjectNode of(DefinitionVersion version) {
    ObjectNode node = summary(version);
    node.set("definition", version.document());
    return node;
  }

  static ObjectNode audit(List<AuditEntry> entries, long total) {
    ArrayNode items = NODES.arrayNode(entries.size());
    for (AuditEntry entry : entries) {
      ObjectNode node = items.addObject();
      node.put("action", entry.action().name().toLowerCase(Locale.ROOT));
      node.put("at", WireTime.instant(entry.at()));
      put(node, entry.source(), entry.actor());
      if (entry.versionHash() != null) {
        node.put("versionHash", entry.versionHash());
      }
      if (entry.previousHash() != null) {
        node.put("previousHash", entry.previousHash());
      }
      if (entry.reason() != null) {
        node.put("reason", entry.reason());
      }
      node.put("diff", entry.diff());
    }
    return DefinitionJson.list(items, total);
  }

  private static ObjectNode summary(DefinitionVersion version) {
    ObjectNode node = NODES.objectNode();
    node.put("versionHash", version.versionHash());
    node.put("at", WireTime.instant(version.at()));
    put(node, version.source(), version.actor());
    return node;
  }

  private static void put(ObjectNode node, String source, String actor) {
    node.put("source", source);
    if (actor != null) {
      node.put("actor", actor);
    }
  }
}
