package dev.millrace.gateway.openapi;

import dev.millrace.engine.catalog.CatalogEntry;
import dev.millrace.engine.catalog.CatalogSnapshot;
import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes OpenAPI 3.1 documents of a snapshot of the catalog; pure, any thread. What does not depend
 * on workflows stands in the resource {@code base.json}.
 */
final class OpenApiDocument {
  private static final JsonNode BASE = readBase();

  private OpenApiDocument() {}

  /** The whole API with every served workflow of a namespace. */
  static ObjectNode whole(CatalogSnapshot snapshot, String namespace, String defaultNamespace) {
    ObjectNode document = (ObjectNode) BASE.deepCopy();
    for (CatalogEntry entry : snapshot.workflows(namespace)) {
      if (entry.plan() != null) {
        add(document, entry, namespace.equals(defaultNamespace));
      }
    }
    return document;
  }

  /** The operations of one served workflow alone. */
  static ObjectNode one(CatalogEntry entry, String defaultNamespace) {
    ObjectNode document = (ObjectNode) BASE.deepCopy();
    document.set("paths", JsonNodeFactory.instance.objectNode());
    ObjectNode info = (ObjectNode) document.get("info");
    info.put("title", entry.workflow().name().name());
    info.put("version", entry.plan().versionHash());
    info.remove("summary");
    if (entry.workflow().description().isEmpty()) {
      info.remove("description");
    } else {
      info.put("description", entry.workflow().description());
    }
    String namespace = entry.workflow().name().namespace();
    add(document, entry, namespace.equals(defaultNamespace));
    return document;
  }

  private static void add(ObjectNode document, CatalogEntry entry, boolean namespaceIsDefault) {
    new WorkflowOperations(entry, namespaceIsDefault)
        .addTo(
            (ObjectNode) document.get("paths"),
            (ObjectNode) document.get("components").get("schemas"));
  }

  private static JsonNode readBase() {
    try (InputStream stream = OpenApiDocument.class.getResourceAsStream("base.json")) {
      return Json.read(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InvalidJsonException e) {
      throw new IllegalStateException(e.describe(), e);
    }
  }
}
