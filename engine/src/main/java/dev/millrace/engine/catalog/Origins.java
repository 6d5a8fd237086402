package dev.millrace.engine.catalog;

import dev.millrace.engine.problem.ResourceName;
import java.util.Map;
import java.util.Objects;

/**
 * The origin of every definition of one update of the catalog; given by the definition source,
 * immutable.
 *
 * @param others of those that are not in {@code each}, also of what is gone
 */
public record Origins(Origin others, Map<ResourceName, Origin> each) {
  /** A directory's: nothing is known of single files. */
  public static final Origins DIRECTORY = new Origins(Origin.DIRECTORY, Map.of());

  public Origins {
    Objects.requireNonNull(others);
    each = Map.copyOf(each);
  }

  /** The origin of a definition, whether it is still there or not. */
  public Origin of(ResourceName name) {
    return each.getOrDefault(name, others);
  }
}
