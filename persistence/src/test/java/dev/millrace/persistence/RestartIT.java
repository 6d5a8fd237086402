package dev.millrace.persistence;

import static dev.millrace.persistence.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.journal.ExecutionPage;
import dev.millrace.engine.journal.ExecutionQuery;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server that is stopped and started while facts come in. */
class RestartIT {
  private static final int AT_ONCE = 200;

  @TempDir Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<Future<Void>> open = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean loading = new AtomicBoolean(true);

  @Test
  void everyFactArrivesAlthoughTheServerRestartsUnderLoad() throws Exception {
    EmbeddedDatabase server = EmbeddedDatabase.start(directory, TestDatabase.BINARIES);
    FlakyProxy proxy = await(FlakyProxy.start(vertx, server.url()));
    Database database = await(Database.open(vertx, proxy.url(), DatabaseOptions.DEFAULT));
    UUID owner = database.leases().owner();
    for (int i = 0; i < AT_ONCE; i++) {
      vertx.runOnContext(ignored -> execute(database.journal()));
    }
    await().until(() -> acknowledged.size() > 2 * AT_ONCE);

    server.close();
    await().until(() -> database.journal().pendingFacts() > AT_ONCE / 2);
    assertThat(await(database.isReachable())).isFalse();
    server = EmbeddedDatabase.start(directory, TestDatabase.BINARIES);
    proxy.retarget(server.url());
    int before = acknowledged.size();
    await().until(() -> acknowledged.size() > before + 2 * AT_ONCE);
    loading.set(false);
    await(Future.all(List.copyOf(open)));
    await(database.journal().flush());

    assertThat(database.journal().pendingFacts()).isZero();
    ExecutionPage recorded =
        await(database.history().list(ExecutionQuery.newest("default", "contact")));
    assertThat(recorded.total())
        .isEqualTo(Math.min(acknowledged.size(), ExecutionPage.MAXIMUM_TOTAL));
    for (String id : acknowledged.stream().limit(500).toList()) {
      assertThat(await(database.history().find(id)).orElseThrow().tasks()).hasSize(1);
    }
    await(database.leases().beat());
    assertThat(database.leases().owner()).isEqualTo(owner);
    await(database.close());
    server.close();
    await(vertx.close());
  }

  /** One execution after the other, as a waiting caller would see them. */
  private void execute(PostgresJournal journal) {
    String id = Facts.id();
    Future<Void> over =
        journal
            .append(Facts.started(id))
            .compose(started -> journal.append(Facts.task(id, 0)))
            .compose(done -> journal.append(Facts.ended(id)))
            .onSuccess(
                ended -> {
                  acknowledged.add(id);
                  if (loading.get()) {
                    execute(journal);
                  }
                });
    open.add(over);
  }
}
