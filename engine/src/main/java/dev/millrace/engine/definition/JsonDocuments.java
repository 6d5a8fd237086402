package dev.millrace.engine.definition;

import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.json.JsonPointers;
import dev.millrace.engine.problem.SourcePosition;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/** Reads a JSON text with the positions of its parts; made for each text, on its thread. */
final class JsonDocuments {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final String sourceName;
  private final PositionRecorder positions = new PositionRecorder();

  private JsonDocuments(String sourceName) {
    this.sourceName = sourceName;
  }

  /** Whether a text may be JSON; YAML in flow style looks the same at its start. */
  static boolean looksLikeJson(String text) {
    int at = 0;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length() && (text.charAt(at) == '{' || text.charAt(at) == '[');
  }

  static SourceDocument read(String sourceName, String text) throws InvalidJsonException {
    JsonNode value = Json.read(text);
    return new JsonDocuments(sourceName).locate(value, text);
  }

  /** A second pass over what is known to be JSON, for the places only. */
  private SourceDocument locate(JsonNode value, String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      locate(parser, parser.nextToken(), "");
    }
    return new SourceDocument(value, positions.map(), List.of());
  }

  private void locate(JsonParser parser, JsonToken token, String pointer) {
    positions.value(pointer, position(parser.currentTokenLocation()));
    if (token == JsonToken.START_OBJECT) {
      String name;
      while ((name = parser.nextName()) != null) {
        String child = positions.hasRoom() ? JsonPointers.child(pointer, name) : pointer;
        positions.key(child, position(parser.currentTokenLocation()));
        locate(parser, parser.nextToken(), child);
      }
    } else if (token == JsonToken.START_ARRAY) {
      int index = 0;
      JsonToken element;
      while ((element = parser.nextToken()) != JsonToken.END_ARRAY) {
        String child = positions.hasRoom() ? JsonPointers.child(pointer, index++) : pointer;
        locate(parser, element, child);
      }
    }
  }

  private SourcePosition position(TokenStreamLocation place) {
    return new SourcePosition(sourceName, place.getLineNr(), place.getColumnNr());
  }
}
