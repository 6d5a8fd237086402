package dev.millrace.engine.template;

import dev.millrace.engine.schema.PathStep;
import java.util.List;

/** A path to a value, such as {@code tasks.user.output.items[0].sku}. */
public record TemplatePath(TemplateRoot root, List<PathStep> steps) {
  public TemplatePath {
    steps = List.copyOf(steps);
  }
}
