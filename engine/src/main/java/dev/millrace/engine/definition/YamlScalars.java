package dev.millrace.engine.definition;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.json.JsonNumbers;
import dev.millrace.engine.json.Unicode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** Turns YAML scalars into exact JSON values by the core schema; stateless, any thread. */
final class YamlScalars {
  private static final CoreScalarResolver RESOLVER = new CoreScalarResolver(false);

  private YamlScalars() {}

  /** A scalar's value, or what is wrong with it. */
  record Scalar(JsonNode value, String error) {
    static Scalar of(JsonNode value) {
      return new Scalar(value, null);
    }

    static Scalar wrong(String error) {
      return new Scalar(NullNode.instance, error);
    }
  }

  static Scalar value(ScalarEvent event) {
    String text = event.getValue();
    Tag tag = tag(event);
    if (tag.equals(Tag.STR)) {
      return text(text);
    }
    if (tag.equals(Tag.INT)) {
      return integer(text);
    }
    if (tag.equals(Tag.FLOAT)) {
      return decimal(text);
    }
    if (tag.equals(Tag.BOOL)) {
      String lower = text.toLowerCase(Locale.ROOT);
      boolean known = lower.equals("true") || lower.equals("false");
      return known
          ? Scalar.of(BooleanNode.valueOf(lower.equals("true")))
          : Scalar.wrong("This is neither true nor false");
    }
    if (tag.equals(Tag.NULL)) {
      return Scalar.of(NullNode.instance);
    }
    return Scalar.wrong("The tag " + tag.getValue() + " is not supported");
  }

  private static Tag tag(ScalarEvent event) {
    String explicit = event.getTag().orElse(null);
    if (explicit == null) {
      return event.isPlain() ? RESOLVER.resolve(event.getValue(), true) : Tag.STR;
    }
    // The lone "!" says: not resolved by its form, that is, a string.
    return explicit.equals("!") ? Tag.STR : new Tag(explicit);
  }

  private static Scalar text(String text) {
    return Unicode.loneSurrogate(text) < 0
        ? Scalar.of(StringNode.valueOf(text))
        : Scalar.wrong("The text holds half of a character");
  }

  private static Scalar integer(String text) {
    if (text.length() > Json.MAX_NUMBER_LENGTH) {
      return tooLong();
    }
    try {
      BigInteger value =
          text.startsWith("0x")
              ? new BigInteger(text.substring(2), 16)
              : text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
      // Hexadecimal digits are shorter than the decimal ones that the value is written with.
      return value.bitLength() > 3 * Json.MAX_NUMBER_LENGTH
          ? tooLong()
          : Scalar.of(JsonNumbers.integer(value));
    } catch (NumberFormatException e) {
      return Scalar.wrong("This is not an integer");
    }
  }

  private static Scalar decimal(String text) {
    if (text.length() > Json.MAX_NUMBER_LENGTH) {
      return tooLong();
    }
    if (!JsonNumbers.exponentWithinLimit(text)) {
      return Scalar.wrong("The exponent of the number is beyond " + Json.MAX_EXPONENT);
    }
    try {
      BigDecimal value = new BigDecimal(text);
      return JsonNumbers.withinLimits(value) ? Scalar.of(JsonNumbers.decimal(value)) : tooLong();
    } catch (NumberFormatException e) {
      return Scalar.wrong("This is not a number that JSON has");
    }
  }

  private static Scalar tooLong() {
    return Scalar.wrong("The number is longer than " + Json.MAX_NUMBER_LENGTH + " characters");
  }
}
