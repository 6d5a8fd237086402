package dev.millrace.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.journal.AuditEntry;
import dev.millrace.engine.journal.DefinitionAction;
import dev.millrace.engine.journal.DefinitionChange;
import dev.millrace.engine.journal.DefinitionLog;
import dev.millrace.engine.journal.DefinitionVersion;
import dev.millrace.engine.journal.InMemoryDefinitionLog;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.validation.ResourceSet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Follows a catalog into a log of definitions that is not always there. */
class DefinitionRecorderTest {
  private static final ResourceName ASK =
      new ResourceName(ResourceKind.WorkflowTask, "default", "ask");

  private final Vertx vertx = Vertx.vertx();
  private final Catalog catalog = new Catalog("default");
  private final FlakyLog log = new FlakyLog();
  private long now = 100;

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void tellsWhatIsThereAndWhatChanges() throws Exception {
    serve("a");
    DefinitionRecorder recorder = follow(10);
    await(recorder.flush());
    serve("b");
    serve("b");
    await(recorder.flush());
    catalog.update(new ResourceSet(List.of(), List.of()));
    await(recorder.flush());
    List<AuditEntry> audit = await(log.audit(ASK, 0, 10));
    assertThat(audit)
        .extracting(AuditEntry::action)
        .containsExactly(
            DefinitionAction.Deleted, DefinitionAction.Updated, DefinitionAction.Created);
    assertThat(audit).extracting(AuditEntry::source).containsOnly("cluster");
    assertThat(audit).extracting(AuditEntry::actor).containsOnly("ada");
    assertThat(audit.get(1).diff()).contains("-  description: a").contains("+  description: b");
  }

  @Test
  void noticesWhatHappenedWhileNobodyWatched() throws Exception {
    serve("a");
    await(follow(10).flush());
    Catalog after = new Catalog("default");
    DefinitionRecorder recorder =
        DefinitionRecorder.follow(vertx, after, log, options(10, name -> true));
    await(recorder.flush());
    assertThat(await(log.audit(ASK, 0, 10)).get(0).action()).isEqualTo(DefinitionAction.Deleted);
  }

  @Test
  void leavesOtherNamespacesAlone() throws Exception {
    serve("a");
    await(follow(10).flush());
    DefinitionRecorder recorder =
        DefinitionRecorder.follow(
            vertx, new Catalog("default"), log, options(10, name -> name.equals("other")));
    await(recorder.flush());
    assertThat(await(log.audit(ASK, 0, 10))).hasSize(1);
  }

  @Test
  void triesAgainWhenTheLogWasAway() throws Exception {
    log.failures.set(3);
    serve("a");
    DefinitionRecorder recorder = follow(10);
    await(recorder.flush());
    log.failures.set(2);
    serve("b");
    serve("c");
    await(recorder.flush());
    assertThat(await(log.counts(ASK)).changes()).isEqualTo(3);
  }

  @Test
  void tellsTheLatestStateOfMoreThanItCanKeep() throws Exception {
    serve("a");
    DefinitionRecorder recorder = follow(1);
    await(recorder.flush());
    log.failures.set(2);
    serve("b");
    serve("c");
    serve("d");
    await(recorder.flush());
    assertThat(await(log.audit(ASK, 0, 10)).get(0).versionHash())
        .isEqualTo(catalog.snapshot().resources().get(0).versionHash());
  }

  @Test
  void doesNotLetOneThatCannotBeStoredHoldUpOthers() throws Exception {
    log.refused = "ask";
    DefinitionRecorder recorder = follow(10);
    serve("a", "ask", "more");
    ResourceName more = new ResourceName(ResourceKind.WorkflowTask, "default", "more");
    Future<Void> flushed = recorder.flush();
    await(log.stored);
    assertThat(await(log.counts(more)).changes()).isEqualTo(1);
    assertThat(flushed.isComplete()).isFalse();
    recorder.stop();
    await(flushed);
  }

  private DefinitionRecorder follow(int maxQueued) {
    return DefinitionRecorder.follow(vertx, catalog, log, options(maxQueued, name -> true));
  }

  private DefinitionRecorder.Options options(
      int maxQueued, java.util.function.Predicate<String> namespaces) {
    return new DefinitionRecorder.Options(
        namespaces,
        Origin.always(new Origin("cluster", "ada", "on purpose")),
        () -> now++,
        maxQueued,
        Duration.ofMillis(1),
        Duration.ofMillis(2));
  }

  private void serve(String description) {
    serve(description, "ask");
  }

  private void serve(String description, String... names) {
    StringBuilder yaml = new StringBuilder();
    for (String name : names) {
      yaml.append(
          """
          ---
          apiVersion: millrace.dev/v1
          kind: WorkflowTask
          metadata: { name: %s }
          spec:
            description: %s
            inputSchema: { type: object }
            outputSchema: { type: object }
            http: { method: GET, url: "http://127.0.0.1:1/" }
          """
              .formatted(name, description));
    }
    ReadResult read = ResourceReader.read("test.yaml", yaml.toString(), "default");
    catalog.update(new ResourceSet(read.resources(), read.problems()));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  /** A log that fails as often as it is told to, and never takes one name. */
  private static final class FlakyLog implements DefinitionLog {
    private final DefinitionLog log = new InMemoryDefinitionLog(10);
    private final AtomicInteger failures = new AtomicInteger();
    private final io.vertx.core.Promise<Void> promise = io.vertx.core.Promise.promise();
    private final Future<Void> stored = promise.future();
    private volatile String refused = "";

    private <T> Future<T> away() {
      return failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0
          ? Future.failedFuture("away")
          : null;
    }

    @Override
    public Future<Boolean> record(DefinitionChange change) {
      Future<Boolean> away = away();
      if (away != null) {
        return away;
      }
      if (change.name().name().equals(refused)) {
        return Future.failedFuture("never");
      }
      return log.record(change).onSuccess(changed -> promise.tryComplete());
    }

    @Override
    public Future<List<DefinitionVersion>> versions(ResourceName name, int skip, int take) {
      return log.versions(name, skip, take);
    }

    @Override
    public Future<Optional<DefinitionVersion>> version(ResourceName name, String versionHash) {
      return log.version(name, versionHash);
    }

    @Override
    public Future<List<AuditEntry>> audit(ResourceName name, int skip, int take) {
      return log.audit(name, skip, take);
    }

    @Override
    public Future<Counts> counts(ResourceName name) {
      return log.counts(name);
    }

    @Override
    public Future<Map<ResourceName, String>> current() {
      Future<Map<ResourceName, String>> away = away();
      return away != null ? away : log.current();
    }
  }
}
