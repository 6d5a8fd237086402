package dev.millrace.engine.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.json.JsonValues;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

class TemplateProperties {
  @Provide
  Arbitrary<String> strings() {
    return JsonValues.strings();
  }

  @Provide
  Arbitrary<JsonNode> scalars() {
    return JsonValues.scalars();
  }

  @Provide
  Arbitrary<JsonNode> values() {
    return JsonValues.values();
  }

  /** Text that is likely to be nearly a template. */
  @Provide
  Arbitrary<String> nearTemplates() {
    return Arbitraries.of(
            "{{", "}}", "{", "}", "input", "tasks", ".", "a", "output", "[", "]", "0", "\"", "\\",
            " ", "??", "?", "null", "-", "é")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  private static String quote(String text) {
    return Json.toText(StringNode.valueOf(text));
  }

  @Property
  void any_text_survives_as_a_literal(@ForAll("strings") String text) {
    assertThat(TemplateParser.parseText("{{" + quote(text) + "}}"))
        .isEqualTo(new Template.Constant(StringNode.valueOf(text)));
  }

  @Property
  void any_text_survives_between_holes(@ForAll("strings") String text) {
    Template template = TemplateParser.parseText("{{input}}{{" + quote(text) + "}}{{input}}");

    JsonNode rendered =
        BoundTemplate.bind(template, id -> 0).render(new Values(StringNode.valueOf("|")));

    assertThat(rendered.stringValue()).isEqualTo("|" + text + "|");
  }

  @Property
  void any_scalar_can_be_a_default(@ForAll("scalars") JsonNode value) {
    Template template = TemplateParser.parseText("{{ input.x ?? " + Json.toText(value) + " }}");

    assertThat(BoundTemplate.bind(template, id -> 0).render(new Values(StringNode.valueOf(""))))
        .isEqualTo(value);
  }

  @Property
  void any_name_can_be_a_step(@ForAll("strings") String name, @ForAll("values") JsonNode value) {
    Template template = TemplateParser.parseText("{{input[" + quote(name) + "]}}");
    ObjectNode input = new ObjectNode(JsonNodeFactory.instance);
    input.set(name, value);

    assertThat(BoundTemplate.bind(template, id -> 0).render(new Values(input))).isSameAs(value);
  }

  @Property(tries = 5_000)
  void any_text_is_parsed_or_told_about(@ForAll("nearTemplates") String text) {
    TemplateErrors errors = new TemplateErrors();

    Template template = TemplateParser.parseText(text, errors);

    if (errors.isEmpty()) {
      assertThat(template).isNotNull();
    } else {
      assertThat(errors.list())
          .allSatisfy(error -> assertThat(error.offset()).isBetween(0, text.length()));
    }
  }
}
