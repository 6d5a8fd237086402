package dev.millrace.engine.problem;

import java.util.Objects;

/** The full name of a resource, unique in a set of definitions. */
public record ResourceName(ResourceKind kind, String namespace, String name) {
  public ResourceName {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(namespace);
    Objects.requireNonNull(name);
  }

  /** {@code Workflow/namespace/name}, as problems and messages show it. */
  @Override
  public String toString() {
    return kind + "/" + namespace + "/" + name;
  }
}
