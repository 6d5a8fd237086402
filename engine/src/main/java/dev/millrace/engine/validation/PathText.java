package dev.millrace.engine.validation;

import dev.millrace.engine.schema.PathStep;
import dev.millrace.engine.template.TemplatePath;
import dev.millrace.engine.template.TemplateRoot;
import java.util.List;

/** Writes template paths as their authors do; stateless, used on any thread. */
final class PathText {
  private PathText() {}

  /** The whole path, such as {@code tasks.user.output.items[0].sku}. */
  static String of(TemplatePath path) {
    return of(path, path.steps().size());
  }

  /** The path up to, and without, a step. */
  static String of(TemplatePath path, int steps) {
    StringBuilder text = new StringBuilder(root(path.root()));
    append(text, path.steps().subList(0, steps));
    return text.toString();
  }

  /** The path with the name at one step replaced. */
  static String mended(TemplatePath path, int step, String name) {
    StringBuilder text = new StringBuilder(of(path, step));
    append(text, List.of(new PathStep.Name(name)));
    append(text, path.steps().subList(step + 1, path.steps().size()));
    return text.toString();
  }

  /** The path, started at the output of another task. */
  static String mended(TemplatePath path, String taskId) {
    return of(new TemplatePath(new TemplateRoot.TaskOutput(taskId), path.steps()));
  }

  private static String root(TemplateRoot root) {
    if (root instanceof TemplateRoot.TaskOutput output) {
      return "tasks." + output.taskId() + ".output";
    }
    return "input";
  }

  private static void append(StringBuilder text, List<PathStep> steps) {
    for (PathStep step : steps) {
      if (step instanceof PathStep.Index index) {
        text.append('[').append(index.index()).append(']');
      } else if (step instanceof PathStep.Name name && isPlain(name.name())) {
        text.append('.').append(name.name());
      } else if (step instanceof PathStep.Name name) {
        String escaped = name.name().replace("\\", "\\\\").replace("\"", "\\\"");
        text.append("[\"").append(escaped).append("\"]");
      }
    }
  }

  private static boolean isPlain(String name) {
    return !name.isEmpty()
        && name.chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '_'
                        || c == '-');
  }
}
