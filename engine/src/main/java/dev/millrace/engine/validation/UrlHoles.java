package dev.millrace.engine.validation;

import dev.millrace.engine.template.Expression;
import dev.millrace.engine.template.TextPart;
import java.util.ArrayList;
import java.util.List;

/** Finds out where in a URL each template stands; lives for one URL, on the validating thread. */
final class UrlHoles {
  /** A part of a URL that takes values. */
  enum Place {
    PATH,
    /** Some of a query parameter. */
    QUERY_TEXT,
    /** The whole value of a query parameter. */
    QUERY_VALUE
  }

  /** Takes the templates. */
  interface Visitor {
    void visit(Expression expression, Place place);
  }

  private final Visitor visitor;
  private final List<Expression> inThisValue = new ArrayList<>();
  private boolean inQuery;
  private boolean inValue;
  private boolean literalInValue;

  private UrlHoles(Visitor visitor) {
    this.visitor = visitor;
  }

  static void forEach(List<TextPart> parts, Visitor visitor) {
    UrlHoles holes = new UrlHoles(visitor);
    for (TextPart part : parts) {
      if (part instanceof TextPart.Literal literal) {
        holes.literal(literal.text());
      } else {
        holes.hole(((TextPart.Hole) part).expression());
      }
    }
    holes.endParameter();
  }

  private void literal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!inQuery) {
        inQuery = c == '?';
      } else if (c == '&') {
        endParameter();
      } else if (inValue) {
        literalInValue = true;
      } else {
        inValue = c == '=';
      }
    }
  }

  private void hole(Expression expression) {
    if (inValue) {
      inThisValue.add(expression);
    } else {
      visitor.visit(expression, inQuery ? Place.QUERY_TEXT : Place.PATH);
    }
  }

  private void endParameter() {
    boolean whole = inThisValue.size() == 1 && !literalInValue;
    for (Expression expression : inThisValue) {
      visitor.visit(expression, whole ? Place.QUERY_VALUE : Place.QUERY_TEXT);
    }
    inThisValue.clear();
    inValue = false;
    literalInValue = false;
  }
}
