package dev.millrace.engine.catalog;

import java.util.Objects;

/**
 * Where a definition came from, for its history; an immutable value.
 *
 * @param source {@code directory} or {@code cluster}
 * @param actor who changed it last; null where that is not known
 * @param reason why a breaking change was let through, in its author's words; null where there was
 *     none
 */
public record Origin(String source, String actor, String reason) {
  /** Of what lies in a directory: a file does not say who wrote it. */
  public static final Origin DIRECTORY = new Origin("directory", null, null);

  /** Of what lies in a cluster, where nothing more is known, as for what was deleted. */
  public static final Origin CLUSTER = new Origin("cluster", null, null);

  public Origin {
    Objects.requireNonNull(source);
  }
}
