package dev.millrace.persistence;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection that listens for notifications, opened again for as long as it takes whenever it
 * is lost. Owned by {@link PostgresSignals}; lives on the context that it was made on.
 */
final class SignalConnection {
  private static final Logger log = LoggerFactory.getLogger(SignalConnection.class);
  private static final Duration FIRST_DELAY = Duration.ofMillis(50);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final PgConnectOptions options;
  private final ServerSilence silence;
  private final Duration limit;
  private final String channel;
  private final Consumer<String> notified;
  private final Runnable listening;
  private PgConnection connection;
  private boolean closed;

  /**
   * Connects to nothing yet.
   *
   * @param limit how long connecting may take
   * @param notified hears the payloads
   * @param listening hears that notifications come from now on: those before are lost
   */
  SignalConnection(
      Vertx vertx,
      PgConnectOptions options,
      ServerSilence silence,
      Duration limit,
      String channel,
      Consumer<String> notified,
      Runnable listening) {
    this.vertx = vertx;
    this.options = options;
    this.silence = silence;
    this.limit = limit;
    this.channel = channel;
    this.notified = notified;
    this.listening = listening;
  }

  /** Connects once; fails when that is not possible. */
  Future<Void> open() {
    Future<PgConnection> connecting =
        silence.probe().compose(answers -> PgConnection.connect(vertx, options));
    return connecting
        .compose(this::listen)
        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(failure -> connecting.onSuccess(PgConnection::close));
  }

  private Future<Void> listen(PgConnection opened) {
    silence.watch(opened);
    opened.notificationHandler(notification -> notified.accept(notification.getPayload()));
    return opened
        .query("listen " + channel)
        .execute()
        .onSuccess(
            done -> {
              connection = opened;
              opened.closeHandler(lost -> reopen(FIRST_DELAY.toMillis()));
              listening.run();
            })
        .mapEmpty();
  }

  private void reopen(long delay) {
    connection = null;
    if (closed) {
      return;
    }
    long next = Math.min(2 * delay, LONGEST_DELAY.toMillis());
    vertx
        .timer(delay)
        .compose(over -> closed ? Future.succeededFuture() : open())
        .onFailure(
            failure -> {
              log.atDebug()
                  .addKeyValue("cause", failure.getMessage())
                  .log("Signals cannot be heard and will be again");
              reopen(next);
            });
  }

  /** Asks for an answer, so that a connection which has nothing to say is not taken for dead. */
  void keepAlive() {
    if (connection != null) {
      connection.query("select 1").execute();
    }
  }

  Future<Void> close() {
    closed = true;
    return connection == null ? Future.succeededFuture() : connection.close();
  }
}
