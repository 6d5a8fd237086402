package dev.millrace.engine.validation;

import dev.millrace.engine.schema.PathStep;
import dev.millrace.engine.template.Expression;
import dev.millrace.engine.template.Fallback;
import dev.millrace.engine.template.Template;
import dev.millrace.engine.template.TemplatePath;
import dev.millrace.engine.template.TemplateWalk;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything that a template reads; made for one proof of a whole, immutable.
 *
 * @param complete whether every path leads somewhere
 */
record Reads(List<Source> sources, boolean complete) {
  Reads {
    sources = List.copyOf(sources);
  }

  static Reads of(Template template, Sources known, String pointer) {
    List<Source> sources = new ArrayList<>();
    boolean[] complete = {true};
    TemplateWalk.forEach(
        template,
        pointer,
        (place, expression, inText) -> {
          for (TemplatePath path : pathsOf(expression)) {
            Source source = known.resolve(path, place);
            if (source == null) {
              complete[0] = false;
            } else {
              sources.add(source);
            }
          }
        });
    return new Reads(sources, complete[0]);
  }

  /** The paths of an expression: its own, and its default where that is one. */
  static List<TemplatePath> pathsOf(Expression expression) {
    return expression.fallback() instanceof Fallback.Path second
        ? List.of(expression.path(), second.path())
        : List.of(expression.path());
  }

  /** The paths in their order, each once, shortened where they are many. */
  String text(int most) {
    Set<String> texts = new LinkedHashSet<>();
    sources.forEach(source -> texts.add(source.text()));
    List<String> shown = new ArrayList<>(texts);
    return shown.size() <= most
        ? String.join(", ", shown)
        : String.join(", ", shown.subList(0, most)) + ", ...";
  }

  /**
   * Whether any possible values of the sources can really come together. Values of one document may
   * hang together by conditions of its schema; then a clash of two of them may be one that never
   * happens.
   */
  boolean independent() {
    for (int i = 0; i < sources.size(); i++) {
      if (!sources.get(i).exact()) {
        return false;
      }
      for (int j = 0; j < i; j++) {
        if (!independent(sources.get(i), sources.get(j))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean independent(Source left, Source right) {
    List<PathStep> leftSteps = left.path().steps();
    List<PathStep> rightSteps = right.path().steps();
    return !left.path().root().equals(right.path().root())
        || (!leftSteps.isEmpty()
            && !rightSteps.isEmpty()
            && !leftSteps.get(0).equals(rightSteps.get(0)));
  }
}
