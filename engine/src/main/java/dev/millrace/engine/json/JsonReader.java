package dev.millrace.engine.json;

import java.math.BigDecimal;
import java.nio.CharBuffer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reads one JSON text for {@link Json}; made for each text, used on the caller's thread. */
final class JsonReader {
  // The limits are checked here, token by token, so that each has a message of its own.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
          // texts are read on a few threads that stay, the event loops
          .recyclerPool(JsonRecyclerPools.threadLocalPool())
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser parser;
  private final boolean mayHoldSurrogateEscapes;
  private int depth;

  private JsonReader(JsonParser parser, boolean mayHoldSurrogateEscapes) {
    this.parser = parser;
    this.mayHoldSurrogateEscapes = mayHoldSurrogateEscapes;
  }

  static JsonNode read(byte[] bytes, int from, int length) throws InvalidJsonException {
    boolean escapes = false;
    if (!Unicode.isPlain(bytes, from, from + length)) {
      checkEncoding(bytes, from, length);
      escapes = holdsSurrogateEscapes(bytes, from, from + length);
    }
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes, from, length)) {
      return new JsonReader(parser, escapes).document();
    }
  }

  private static void checkEncoding(byte[] bytes, int from, int length)
      throws InvalidJsonException {
    int malformed = Unicode.malformed(bytes, from, from + length);
    if (malformed < from + length) {
      throw invalid("The text is not valid UTF-8", bytes, from, malformed);
    }
    boolean mark = length >= 3 && bytes[from] == (byte) 0xEF && bytes[from + 1] == (byte) 0xBB;
    if (mark && bytes[from + 2] == (byte) 0xBF) {
      throw new InvalidJsonException("The text starts with a byte order mark; leave it out", 1, 1);
    }
  }

  /** The place of a byte as an exception, counted by the line feeds before it. */
  static InvalidJsonException invalid(String message, byte[] bytes, int from, int at) {
    int line = 1;
    int lineStart = from;
    for (int i = from; i < at; i++) {
      if (bytes[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new InvalidJsonException(message, line, at - lineStart + 1);
  }

  private static boolean holdsSurrogateEscapes(byte[] bytes, int from, int to) {
    for (int i = from; i < to - 2; i++) {
      if (bytes[i] == '\\' && bytes[i + 1] == 'u' && (bytes[i + 2] | 0x20) == 'd') {
        return true;
      }
    }
    return false;
  }

  private JsonNode document() throws InvalidJsonException {
    try {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw here("The text is empty; a JSON value is expected");
      }
      JsonNode value = value(first);
      if (parser.nextToken() != null) {
        throw here("There is something behind the JSON value");
      }
      return value;
    } catch (UnexpectedEndOfInputException e) {
      throw at("The text ends in the middle of a JSON value", e.getLocation());
    } catch (JacksonException e) {
      // The parser's own message quotes the text, which may be private.
      throw at("The text is not JSON: something unexpected stands here", e.getLocation());
    }
  }

  private JsonNode value(JsonToken token) throws InvalidJsonException {
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> StringNode.valueOf(string(parser.getString()));
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> decimal();
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.instance;
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("Unexpected token " + token);
    };
  }

  private JsonNode object() throws InvalidJsonException {
    enter();
    ObjectNode object = new ObjectNode(JsonNodeFactory.instance);
    String name;
    while ((name = parser.nextName()) != null) {
      if (name.length() > Json.MAX_NAME_LENGTH) {
        throw here("A name is longer than " + Json.MAX_NAME_LENGTH + " characters");
      }
      string(name);
      if (object.get(name) != null) {
        throw here("A name stands twice in one object");
      }
      object.set(name, value(parser.nextToken()));
    }
    depth--;
    return object;
  }

  private JsonNode array() throws InvalidJsonException {
    enter();
    ArrayNode array = new ArrayNode(JsonNodeFactory.instance);
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      array.add(value(token));
    }
    depth--;
    return array;
  }

  private void enter() throws InvalidJsonException {
    depth++;
    if (depth > Json.MAX_DEPTH) {
      throw here("Objects and arrays nest deeper than " + Json.MAX_DEPTH + " levels");
    }
  }

  private String string(String text) throws InvalidJsonException {
    if (text.length() > Json.MAX_STRING_LENGTH) {
      throw here("A string is longer than " + Json.MAX_STRING_LENGTH + " characters");
    }
    if (mayHoldSurrogateEscapes && Unicode.loneSurrogate(text) >= 0) {
      throw here("A string holds half of a character, as an escape without its other half");
    }
    return text;
  }

  private JsonNode integer() throws InvalidJsonException {
    numberLength();
    return switch (parser.getNumberType()) {
      case INT -> JsonNumbers.integer(parser.getIntValue());
      case LONG -> JsonNumbers.integer(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL ->
          JsonNumbers.integer(parser.getBigIntegerValue());
    };
  }

  private JsonNode decimal() throws InvalidJsonException {
    numberLength();
    char[] text = parser.getStringCharacters();
    int offset = parser.getStringOffset();
    int length = parser.getStringLength();
    if (!JsonNumbers.exponentWithinLimit(CharBuffer.wrap(text, offset, length))) {
      throw here("The exponent of a number is beyond " + Json.MAX_EXPONENT);
    }
    BigDecimal value = new BigDecimal(text, offset, length);
    if (!JsonNumbers.withinLimits(value)) {
      throw here("A number has more than " + Json.MAX_NUMBER_LENGTH + " digits");
    }
    return JsonNumbers.decimal(value);
  }

  private void numberLength() throws InvalidJsonException {
    if (parser.getStringLength() > Json.MAX_NUMBER_LENGTH) {
      throw here("A number is longer than " + Json.MAX_NUMBER_LENGTH + " characters");
    }
  }

  private InvalidJsonException here(String message) {
    return at(message, parser.currentTokenLocation());
  }

  private static InvalidJsonException at(String message, TokenStreamLocation place) {
    return place == null
        ? new InvalidJsonException(message, 1, 1)
        : new InvalidJsonException(
            message, Math.max(1, place.getLineNr()), Math.max(1, place.getColumnNr()));
  }
}
