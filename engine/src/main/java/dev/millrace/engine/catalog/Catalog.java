package dev.millrace.engine.catalog;

import dev.millrace.engine.validation.DefinitionValidator;
import dev.millrace.engine.validation.ResourceSet;
import dev.millrace.engine.validation.ValidationReport;
import java.util.Objects;
import java.util.function.Function;

/**
 * Holds what is being served: one immutable snapshot, swapped by one volatile write. One for the
 * whole process; read by all event loops, updated by the definition source's thread.
 */
public final class Catalog {
  private final String defaultNamespace;
  private final Function<ResourceSet, ValidationReport> validator;
  private volatile CatalogSnapshot snapshot = CatalogSnapshot.EMPTY;

  /** Makes an empty catalog. */
  public Catalog(String defaultNamespace) {
    this(defaultNamespace, DefinitionValidator::validate);
  }

  Catalog(String defaultNamespace, Function<ResourceSet, ValidationReport> validator) {
    this.defaultNamespace = Objects.requireNonNull(defaultNamespace);
    this.validator = validator;
  }

  /** The namespace of requests that name none. */
  public String defaultNamespace() {
    return defaultNamespace;
  }

  /** What is being served now. */
  public CatalogSnapshot snapshot() {
    return snapshot;
  }

  /** The same for definitions of a directory, of which no more is known. */
  public CatalogSnapshot update(ResourceSet definitions) {
    return update(definitions, Origins.DIRECTORY);
  }

  /**
   * Validates and compiles definitions, and serves them from now on in the place of all others.
   * Takes its time: never call it on an event loop. Executions in flight keep the plan that they
   * began with.
   *
   * @param origins where the definitions come from
   * @return the new snapshot
   */
  public synchronized CatalogSnapshot update(ResourceSet definitions, Origins origins) {
    CatalogSnapshot next =
        CatalogBuilder.build(snapshot, definitions, validator.apply(definitions), origins);
    swap(next);
    return next;
  }

  void swap(CatalogSnapshot next) {
    snapshot = next;
  }
}
