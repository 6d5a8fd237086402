package dev.millrace.engine.template;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A JSON value with its templates parsed; names are not yet bound to slots. */
public sealed interface Template {
  /** A value without any template in it. */
  record Constant(JsonNode value) implements Template {}

  /** A string that is exactly one template: keeps the JSON type of its value. */
  record Value(Expression expression) implements Template {}

  /** A string with values put into it. */
  record Text(List<TextPart> parts) implements Template {
    public Text {
      parts = List.copyOf(parts);
    }
  }

  /** An object with a template somewhere in it. */
  record Members(List<Member> members) implements Template {
    public Members {
      members = List.copyOf(members);
    }
  }

  /** One member of an object. */
  record Member(String name, Template value) {}

  /** An array with a template somewhere in it. */
  record Elements(List<Template> elements) implements Template {
    public Elements {
      elements = List.copyOf(elements);
    }
  }
}
