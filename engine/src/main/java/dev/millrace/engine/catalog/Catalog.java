package dev.millrace.engine.catalog;

import dev.millrace.engine.validation.ResourceSet;
import java.util.Objects;

/**
 * Holds what is being served: one immutable snapshot, swapped by one volatile write. One for the
 * whole process; read by all event loops, updated by the definition source's thread.
 */
public final class Catalog {
  private final String defaultNamespace;
  private volatile CatalogSnapshot snapshot = CatalogSnapshot.EMPTY;

  /** Makes an empty catalog. */
  public Catalog(String defaultNamespace) {
    this.defaultNamespace = Objects.requireNonNull(defaultNamespace);
  }

  /** The namespace of requests that name none. */
  public String defaultNamespace() {
    return defaultNamespace;
  }

  /** What is being served now. */
  public CatalogSnapshot snapshot() {
    return snapshot;
  }

  /**
   * Validates and compiles definitions, and serves them from now on in the place of all others.
   * Takes its time: never call it on an event loop. Executions in flight keep the plan that they
   * began with.
   *
   * @return the new snapshot
   */
  public synchronized CatalogSnapshot update(ResourceSet definitions) {
    CatalogSnapshot next = CatalogBuilder.build(snapshot, definitions);
    snapshot = next;
    return next;
  }
}
