package dev.millrace.engine.validation;

import dev.millrace.engine.json.JsonPointers;
import dev.millrace.engine.schema.SchemaView;
import dev.millrace.engine.template.Template;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Judges templates that go to a place without a schema, such as a request's body or an output that
 * nobody declared: only texts ask something of their values; stateless.
 */
final class AnyPlaces {
  private static final SchemaView ANYTHING =
      SchemaView.of(JsonNodeFactory.instance.booleanNode(true));

  private AnyPlaces() {}

  static void judge(
      Template template, String label, String pointer, EdgeJudge edges, TextJudge texts) {
    if (template instanceof Template.Value value) {
      Taker taker = new Taker(ANYTHING, label, Taker.Absence.LEFT_OUT);
      edges.judge(value.expression(), taker, pointer);
    } else if (template instanceof Template.Text text) {
      texts.judgeHoles(text, "a text", pointer);
    } else if (template instanceof Template.Members members) {
      for (Template.Member member : members.members()) {
        judge(member.value(), label, JsonPointers.child(pointer, member.name()), edges, texts);
      }
    } else if (template instanceof Template.Elements elements) {
      List<Template> items = elements.elements();
      for (int i = 0; i < items.size(); i++) {
        judge(items.get(i), label, JsonPointers.child(pointer, i), edges, texts);
      }
    }
  }
}
