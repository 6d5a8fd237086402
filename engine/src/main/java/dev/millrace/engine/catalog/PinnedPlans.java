package dev.millrace.engine.catalog;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.definition.WorkflowTask;
import dev.millrace.engine.journal.PinnedDefinition;
import dev.millrace.engine.journal.PlanStore;
import dev.millrace.engine.journal.PlanVersion;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.PlanCompiler;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.task.CompiledTask;
import dev.millrace.engine.validation.DefinitionValidator;
import dev.millrace.engine.validation.ResourceSet;
import dev.millrace.engine.validation.ValidationReport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The plans that executions began with, also those that are served no more: keeps each before its
 * first execution is recorded, and compiles it again for who continues or explains one. One for the
 * whole process, used on any thread.
 */
public final class PinnedPlans {
  /** Compiled plans that are held for the next who asks. */
  private static final int HELD = 256;

  /** Hashes known to be kept; forgotten together when there are more, which only costs a look. */
  private static final int KNOWN = 100_000;

  private final Vertx vertx;
  private final PlanStore store;
  private final Set<String> kept = ConcurrentHashMap.newKeySet();
  private final Map<String, Future<Void>> keeping = new ConcurrentHashMap<>();
  private final Map<String, ExecutionPlan> held =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ExecutionPlan> eldest) {
          return size() > HELD;
        }
      };

  /**
   * Plans of a store.
   *
   * @param vertx on whose worker threads plans are compiled
   */
  public PinnedPlans(Vertx vertx, PlanStore store) {
    this.vertx = Objects.requireNonNull(vertx);
    this.store = Objects.requireNonNull(store);
  }

  /** Whether executions of a plan may be recorded at once. */
  public boolean isKept(ExecutionPlan plan) {
    return kept.contains(plan.hash());
  }

  /** Keeps a plan; those who ask at the same time share one attempt. */
  public Future<Void> keep(ExecutionPlan plan) {
    String hash = plan.hash();
    if (kept.contains(hash)) {
      return Future.succeededFuture();
    }
    Future<Void> attempt = keeping.computeIfAbsent(hash, absent -> store.keep(version(plan)));
    return attempt
        .onSuccess(
            done -> {
              if (kept.size() >= KNOWN) {
                kept.clear();
              }
              kept.add(hash);
              hold(plan);
            })
        .onComplete(done -> keeping.remove(hash, attempt));
  }

  /**
   * Keeps what is served, one after the other, so that no first execution has to wait for it. What
   * cannot be kept now is kept when it is first needed.
   */
  public Future<Void> keepAll(CatalogSnapshot snapshot) {
    Iterator<ExecutionPlan> missing =
        snapshot.workflows().stream()
            .map(CatalogEntry::plan)
            .filter(plan -> plan != null && !isKept(plan))
            .toList()
            .iterator();
    return keepNext(missing);
  }

  private Future<Void> keepNext(Iterator<ExecutionPlan> missing) {
    // Away from the stack of the one before, which may have been complete at once.
    return missing.hasNext()
        ? keep(missing.next()).transform(kept -> vertx.timer(1).compose(next -> keepNext(missing)))
        : Future.succeededFuture();
  }

  /**
   * The plan of a hash, compiled.
   *
   * @return empty when it is not kept; fails with an {@link IllegalStateException} when this
   *     version of Millrace cannot run it any more
   */
  public Future<Optional<ExecutionPlan>> find(String hash) {
    ExecutionPlan ready = held(hash);
    if (ready != null) {
      return Future.succeededFuture(Optional.of(ready));
    }
    return store
        .find(hash)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : vertx.executeBlocking(() -> compile(found.get()), false).map(Optional::of));
  }

  private ExecutionPlan held(String hash) {
    synchronized (held) {
      return held.get(hash);
    }
  }

  private void hold(ExecutionPlan plan) {
    synchronized (held) {
      held.put(plan.hash(), plan);
    }
  }

  private static PlanVersion version(ExecutionPlan plan) {
    Map<String, PinnedDefinition> tasks = new LinkedHashMap<>();
    for (int slot = 0; slot < plan.taskCount(); slot++) {
      var task = plan.task(slot).task().definition();
      tasks.put(
          task.name().name(),
          new PinnedDefinition(task.name().name(), task.versionHash(), task.document()));
    }
    Workflow workflow = plan.workflow();
    ResourceName name = workflow.name();
    return PlanVersion.of(
        name.namespace(),
        new PinnedDefinition(name.name(), workflow.versionHash(), workflow.document()),
        tasks.values());
  }

  private ExecutionPlan compile(PlanVersion version) {
    List<PinnedDefinition> definitions = new ArrayList<>(version.tasks());
    definitions.add(version.workflow());
    ResourceSet set = new ResourceSet(List.of(), List.of());
    for (PinnedDefinition definition : definitions) {
      ReadResult read =
          ResourceReader.read(
              definition.name() + ".json", Json.toText(definition.document()), version.namespace());
      set = new ResourceSet(read.resources(), read.problems()).over(set);
    }
    ValidationReport report = DefinitionValidator.validate(set);
    Map<String, CompiledTask> tasks = new HashMap<>();
    Workflow workflow = null;
    for (Resource resource : set.resources()) {
      if (resource instanceof WorkflowTask task && report.reports().get(task.name()).valid()) {
        tasks.put(task.name().name(), CompiledTask.compile(task));
      } else if (resource instanceof Workflow found) {
        workflow = found;
      }
    }
    if (workflow == null || !report.valid()) {
      throw notUsable(version);
    }
    ExecutionPlan plan =
        PlanCompiler.compile(workflow, report.reports().get(workflow.name()), tasks::get);
    if (!plan.hash().equals(version.hash())) {
      throw notUsable(version);
    }
    hold(plan);
    return plan;
  }

  private static IllegalStateException notUsable(PlanVersion version) {
    return new IllegalStateException(
        "the definitions that workflow "
            + version.namespace()
            + "/"
            + version.workflow().name()
            + " ran by ("
            + version.hash()
            + ") are not valid for this version of Millrace");
  }
}
