package dev.millrace.app.program;

import dev.millrace.app.settings.Settings;
import dev.millrace.persistence.Database;
import dev.millrace.persistence.DatabaseOptions;
import dev.millrace.persistence.DatabaseUrl;
import dev.millrace.persistence.EmbeddedDatabase;
import dev.millrace.persistence.JournalMetrics;
import dev.millrace.persistence.JournalOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The database of the program, and the PostgreSQL under it where that is the program's own. One for
 * the process, opened before everything else and closed after it.
 */
final class Storage {
  private static final Duration WATCH_PERIOD = Duration.ofSeconds(1);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Database database;
  private final EmbeddedDatabase server;
  private final long watch;
  private volatile boolean reachable = true;
  private boolean asking;

  private Storage(Vertx vertx, Database database, EmbeddedDatabase server) {
    this.vertx = vertx;
    this.database = database;
    this.server = server;
    this.watch = vertx.setPeriodic(WATCH_PERIOD.toMillis(), tick -> look());
  }

  /** Starts PostgreSQL where none is given, migrates it and connects. */
  static Future<Storage> open(Vertx vertx, Settings.Storage settings, JournalMetrics metrics) {
    DatabaseOptions options =
        DatabaseOptions.DEFAULT
            .withJournal(JournalOptions.DEFAULT, metrics)
            .withLease(settings.lease())
            .withRetention(settings.retention());
    Optional<DatabaseUrl> given = settings.databaseUrl();
    if (given.isPresent()) {
      return Database.open(vertx, given.get(), options)
          .map(database -> new Storage(vertx, database, null));
    }
    return vertx
        .executeBlocking(() -> EmbeddedDatabase.start(settings.dataDirectory()))
        .compose(
            server ->
                Database.open(vertx, server.url(), options)
                    .map(database -> new Storage(vertx, database, server))
                    .recover(
                        failure ->
                            close(vertx, server)
                                .transform(closed -> Future.failedFuture(failure))));
  }

  Database database() {
    return database;
  }

  /** Whether the database has answered within the last seconds. */
  boolean isReachable() {
    return reachable;
  }

  private void look() {
    if (!asking) {
      asking = true;
      database
          .isReachable()
          .timeout(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
          .otherwise(false)
          .onSuccess(
              answers -> {
                reachable = answers;
                asking = false;
              });
    }
  }

  /** Commits what is pending, gives the lease back, closes the connections, stops the server. */
  Future<Void> close() {
    vertx.cancelTimer(watch);
    return database
        .close()
        .eventually(() -> server == null ? Future.succeededFuture() : close(vertx, server));
  }

  private static Future<Void> close(Vertx vertx, EmbeddedDatabase server) {
    return vertx.executeBlocking(
        () -> {
          server.close();
          return null;
        });
  }
}
