package dev.millrace.engine.template;

import dev.millrace.engine.json.JsonPointers;

/** Visits every expression of a template in document order; stateless, usable on any thread. */
public final class TemplateWalk {
  private TemplateWalk() {}

  /** Takes the expressions of a template. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param pointer of the string that holds the expression
     * @param inText whether the value is put into a text, and not a value of its own
     */
    void visit(String pointer, Expression expression, boolean inText);
  }

  /** Visits the expressions; pointers are below the given one. */
  public static void forEach(Template template, String pointer, Visitor visitor) {
    if (template instanceof Template.Value) {
      visitor.visit(pointer, ((Template.Value) template).expression(), false);
    } else if (template instanceof Template.Text) {
      for (TextPart part : ((Template.Text) template).parts()) {
        if (part instanceof TextPart.Hole) {
          visitor.visit(pointer, ((TextPart.Hole) part).expression(), true);
        }
      }
    } else if (template instanceof Template.Members) {
      for (Template.Member member : ((Template.Members) template).members()) {
        forEach(member.value(), JsonPointers.child(pointer, member.name()), visitor);
      }
    } else if (template instanceof Template.Elements) {
      int index = 0;
      for (Template element : ((Template.Elements) template).elements()) {
        forEach(element, JsonPointers.child(pointer, index++), visitor);
      }
    }
  }
}
