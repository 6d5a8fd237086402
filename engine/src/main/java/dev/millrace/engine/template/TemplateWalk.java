package dev.millrace.engine.template;

import dev.millrace.engine.json.JsonPointers;

/** Visits every expression of a template in document order; stateless, usable on any thread. */
public final class TemplateWalk {
  private TemplateWalk() {}

  /** Takes the expressions of a template. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes one expression.
     *
     * @param pointer of the string that holds the expression
     * @param inText whether the value is put into a text, and not a value of its own
     */
    void visit(String pointer, Expression expression, boolean inText);
  }

  /** Visits the expressions; pointers are below the given one. */
  public static void forEach(Template template, String pointer, Visitor visitor) {
    if (template instanceof Template.Value value) {
      visitor.visit(pointer, value.expression(), false);
    } else if (template instanceof Template.Text text) {
      for (TextPart part : text.parts()) {
        if (part instanceof TextPart.Hole hole) {
          visitor.visit(pointer, hole.expression(), true);
        }
      }
    } else if (template instanceof Template.Members members) {
      for (Template.Member member : members.members()) {
        forEach(member.value(), JsonPointers.child(pointer, member.name()), visitor);
      }
    } else if (template instanceof Template.Elements elements) {
      int index = 0;
      for (Template element : elements.elements()) {
        forEach(element, JsonPointers.child(pointer, index++), visitor);
      }
    }
  }
}
