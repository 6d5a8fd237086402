package dev.millrace.engine.catalog;

import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.validation.DefinitionIndex;
import dev.millrace.engine.validation.RepeatedValidation;
import dev.millrace.engine.validation.ResourceReport;
import dev.millrace.engine.validation.ResourceSet;
import dev.millrace.engine.validation.ValidationReport;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Holds what is being served: one immutable snapshot, swapped by one volatile write. One for the
 * whole process; read by all event loops, updated by the definition source's thread.
 */
public final class Catalog {
  private final String defaultNamespace;
  private final Function<ResourceSet, ValidationReport> validator;
  private final List<Consumer<CatalogSnapshot>> listeners = new CopyOnWriteArrayList<>();
  private volatile CatalogSnapshot snapshot = CatalogSnapshot.EMPTY;

  /** Makes an empty catalog. */
  public Catalog(String defaultNamespace) {
    this(defaultNamespace, new RepeatedValidation()::validate);
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

  /**
   * Validates and compiles definitions, and serves them from now on in the place of all others.
   * Takes its time, though what did not change is neither validated nor compiled again: never call
   * it on an event loop. Executions in flight keep the plan that they began with.
   *
   * @return the new snapshot
   */
  public synchronized CatalogSnapshot update(ResourceSet definitions) {
    return serve(definitions.resources(), validator.apply(definitions));
  }

  /** The same of all definitions of an index, as it judges them. */
  public synchronized CatalogSnapshot update(DefinitionIndex definitions) {
    ValidationReport report = definitions.judgeAll();
    return serve(report.reports().values().stream().map(ResourceReport::resource).toList(), report);
  }

  private CatalogSnapshot serve(Collection<Resource> resources, ValidationReport report) {
    CatalogSnapshot next = CatalogBuilder.build(snapshot, resources, report);
    swap(next);
    return next;
  }

  /** Tells somebody of every further snapshot, in order, on the thread that makes it. */
  public void onUpdate(Consumer<CatalogSnapshot> listener) {
    listeners.add(listener);
  }

  void swap(CatalogSnapshot next) {
    snapshot = next;
    for (Consumer<CatalogSnapshot> listener : listeners) {
      listener.accept(next);
    }
  }
}
