package dev.millrace.engine.schema;

import java.util.List;
import java.util.Objects;

/**
 * Walks a template path through a schema: what may stand at the end of it, and may it be absent?
 * Stateless, used when a definition is compiled, on any thread.
 *
 * <p>The schema found accepts every value that can stand there; it may accept more.
 */
public final class SchemaPaths {
  private SchemaPaths() {}

  /** Where a path ends. */
  public sealed interface Step {}

  /**
   * The path exists.
   *
   * @param schema what may stand there
   * @param mayBeAbsent whether a valid value can lack it
   */
  public record Found(SchemaView schema, boolean mayBeAbsent) implements Step {
    public Found {
      Objects.requireNonNull(schema);
    }
  }

  /**
   * The path does not exist.
   *
   * @param stepIndex the first step that leads nowhere, counted from zero
   * @param name that step, as its author wrote it
   * @param knownNames the names that would have led somewhere
   * @param reason what stands in the way, for people
   */
  public record Unknown(int stepIndex, String name, List<String> knownNames, String reason)
      implements Step {
    public Unknown {
      Objects.requireNonNull(name);
      Objects.requireNonNull(reason);
      knownNames = List.copyOf(knownNames);
    }
  }

  /** Follows the steps from the given place. */
  public static Step resolve(SchemaView schema, List<PathStep> steps) {
    SchemaView place = schema;
    boolean mayBeAbsent = false;
    for (int i = 0; i < steps.size(); i++) {
      PathStep step = steps.get(i);
      StepResolver resolver = new StepResolver(place.root(), step);
      StepResolver.Outcome outcome = resolver.resolve(place.node());
      if (!outcome.isFound()) {
        return new Unknown(i, nameOf(step), resolver.knownNames(), outcome.reason());
      }
      mayBeAbsent |= outcome.mayBeAbsent();
      place = place.at(outcome.schema());
    }
    return new Found(place, mayBeAbsent);
  }

  private static String nameOf(PathStep step) {
    if (step instanceof PathStep.Name name) {
      return name.name();
    }
    if (step instanceof PathStep.Index index) {
      return Integer.toString(index.index());
    }
    throw new IllegalStateException("unknown step " + step);
  }
}
