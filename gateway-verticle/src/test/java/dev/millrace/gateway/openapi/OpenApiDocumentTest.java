package dev.millrace.gateway.openapi;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class OpenApiDocumentTest {
  @Test
  void theApiAsSuchIsValid() {
    ObjectNode document =
        OpenApiDocument.whole(new Catalog("default").snapshot(), "default", "default");
    OpenApiSchema.assertValid(Json.toText(document));
  }

  @Test
  void theOfficialSchemaIsReallyAsked() {
    ObjectNode document =
        OpenApiDocument.whole(new Catalog("default").snapshot(), "default", "default");
    ((ObjectNode) document.get("components").get("schemas").get("Edge")).put("type", "nonsense");
    OpenApiSchema.assertInvalid(Json.toText(document));
    OpenApiSchema.assertInvalid("{\"openapi\":\"3.1.0\"}");
  }
}
