package dev.millrace.engine.catalog;

import dev.millrace.engine.problem.ResourceName;
import java.util.Objects;
import java.util.function.Function;

/**
 * Where a change of a definition came from.
 *
 * @param source for example {@code directory} or {@code cluster}
 * @param actor who made it; null where that is not known
 * @param reason why a breaking change is let through, as the definition says; null where it does
 *     not
 */
public record Origin(String source, String actor, String reason) {
  /** Of everything that is read from a directory: files do not say who wrote them. */
  public static final Origin DIRECTORY = new Origin("directory", null);

  public Origin {
    Objects.requireNonNull(source);
  }

  /** Without a reason. */
  public Origin(String source, String actor) {
    this(source, actor, null);
  }

  /** The same origin for all definitions. */
  public static Function<ResourceName, Origin> always(Origin origin) {
    return name -> origin;
  }
}
