package dev.millrace.persistence;

import dev.millrace.engine.journal.Ownership;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This gateway's lease: a row that it renews three times a lease, by the database's clock alone.
 * One for the process, owned by {@link Database}; {@link #owner()} and {@link #isHeld()} answer on
 * any thread.
 *
 * <p>A lease ends when another gateway deletes the row, which it may once the row's time is over.
 * Then this gateway stops what it runs and goes on as somebody new: who it was can never write
 * again. A row whose time is over but which nobody deleted is renewed as if nothing had been: so
 * that a restart of PostgreSQL costs no gateway its executions.
 */
public final class Leases implements Ownership {
  private static final Logger log = LoggerFactory.getLogger(Leases.class);
  private static final String REGISTER =
      "insert into lease (gateway_id, expires_at) values ($1, clock_timestamp() + make_interval(secs => $2))"
          + " on conflict (gateway_id) do update set expires_at = excluded.expires_at";
  private static final String RENEW =
      "update lease set expires_at = clock_timestamp() + make_interval(secs => $2) where gateway_id = $1";
  private static final String RELEASE = "delete from lease where gateway_id = $1";

  private final Vertx vertx;
  private final Pool pool;
  private final Duration lease;
  private final LongSupplier nanoTime;
  private final AtomicBoolean beating = new AtomicBoolean();

  /** Those who wait for the next renewal; bounded by the executions in flight. */
  private final Queue<Promise<Void>> waiting = new ConcurrentLinkedQueue<>();

  private volatile Identity identity = Identity.unregistered();
  private volatile Supplier<Future<Void>> onLost = Future::succeededFuture;
  private volatile long timer = -1;

  /**
   * Who this gateway is.
   *
   * @param renewedAt when the last renewal that succeeded was sent, by the monotonic clock
   * @param steadySince when the last renewal failed or came late, or the first one succeeded
   */
  private record Identity(UUID owner, boolean registered, long renewedAt, long steadySince) {
    static Identity unregistered() {
      return unregistered(UUID.randomUUID());
    }

    static Identity unregistered(UUID owner) {
      return new Identity(owner, false, 0, 0);
    }

    Identity shaken(long now) {
      return new Identity(owner, registered, renewedAt, now);
    }
  }

  Leases(Vertx vertx, Pool pool, Duration lease) {
    this(vertx, pool, lease, System::nanoTime);
  }

  Leases(Vertx vertx, Pool pool, Duration lease, LongSupplier nanoTime) {
    if (lease.toMillis() < 30) {
      throw new IllegalArgumentException("a lease must last at least 30 ms, it is " + lease);
    }
    this.vertx = vertx;
    this.pool = pool;
    this.lease = lease;
    this.nanoTime = nanoTime;
  }

  /** How long a lease lasts. */
  public Duration duration() {
    return lease;
  }

  /** Whether this gateway has a lease, as far as it knows. */
  boolean isRegistered() {
    return identity.registered();
  }

  /** Who this gateway is: the owner of the executions that begin now. */
  public UUID owner() {
    return identity.owner();
  }

  /**
   * Whether nobody can have taken this gateway's executions over: its last renewal is younger than
   * a lease. While this is false no new effect may begin, as another gateway may be at it.
   */
  @Override
  public boolean isHeld() {
    Identity now = identity;
    return now.registered() && nanoTime.getAsLong() - now.renewedAt() < lease.toNanos();
  }

  /**
   * Whether a lease whose time is over is that of a dead gateway: for the length of a lease, all
   * renewals of this gateway have gone through in time, so those of the others could as well. After
   * a time without a database the leases of the living are over too, until they renew them; how
   * long the database itself has been up does not tell, as it first recovers, or was a standby.
   */
  boolean isSteady() {
    return isHeld() && nanoTime.getAsLong() - identity.steadySince() >= lease.toNanos();
  }

  @Override
  public Future<Void> held() {
    Promise<Void> next = Promise.promise();
    waiting.add(next);
    if (isHeld()) {
      settle(null);
    }
    return next.future();
  }

  private void settle(Throwable lost) {
    Promise<Void> next;
    while ((next = waiting.poll()) != null) {
      if (lost == null) {
        next.tryComplete();
      } else {
        next.tryFail(lost);
      }
    }
  }

  /**
   * What to do when the lease was lost.
   *
   * @param stop stops every execution that runs here, without recording anything; this gateway
   *     takes a new lease when it completes
   */
  public void onLost(Supplier<Future<Void>> stop) {
    onLost = Objects.requireNonNull(stop);
  }

  /** Takes a lease and keeps it. */
  Future<Void> start() {
    return register()
        .onSuccess(
            registered ->
                timer = vertx.setPeriodic(Math.max(1, lease.toMillis() / 3), tick -> beat()));
  }

  /** Renews now; what fails is tried again at the next beat. */
  Future<Void> beat() {
    if (!beating.compareAndSet(false, true)) {
      return Future.succeededFuture();
    }
    Future<Void> done = identity.registered() ? renew() : register();
    return done.otherwise(
            failure -> {
              identity = identity.shaken(nanoTime.getAsLong());
              log.atWarn()
                  .addKeyValue("cause", failure.getMessage())
                  .log("The lease could not be renewed and will be tried again");
              return null;
            })
        .onComplete(over -> beating.set(false));
  }

  private Future<Void> register() {
    Identity now = identity;
    long sentAt = nanoTime.getAsLong();
    return pool.preparedQuery(REGISTER)
        .execute(Tuple.of(now.owner(), seconds()))
        .onSuccess(done -> identity = new Identity(now.owner(), true, sentAt, nanoTime.getAsLong()))
        .mapEmpty();
  }

  private Future<Void> renew() {
    Identity now = identity;
    long sentAt = nanoTime.getAsLong();
    return pool.preparedQuery(RENEW)
        .execute(Tuple.of(now.owner(), seconds()))
        .compose(
            renewed -> {
              if (renewed.rowCount() == 1) {
                identity = renewed(now, sentAt);
                settle(null);
                return Future.succeededFuture();
              }
              return lost(now);
            });
  }

  private Identity renewed(Identity former, long sentAt) {
    long now = nanoTime.getAsLong();
    boolean late = now - former.renewedAt() > lease.toNanos() * 2 / 3;
    return new Identity(former.owner(), true, sentAt, late ? now : former.steadySince());
  }

  private Future<Void> lost(Identity former) {
    identity = Identity.unregistered(former.owner());
    settle(new IllegalStateException("the lease was lost"));
    log.atError()
        .addKeyValue("owner", former.owner())
        .log("The lease was lost: another gateway continues what ran here");
    return onLost
        .get()
        .otherwiseEmpty()
        .compose(
            stopped -> {
              identity = Identity.unregistered();
              return register();
            });
  }

  /** Gives the lease back, so that others need not wait for its end. */
  Future<Void> release() {
    vertx.cancelTimer(timer);
    UUID owner = identity.owner();
    identity = Identity.unregistered(owner);
    return pool.preparedQuery(RELEASE).execute(Tuple.of(owner)).mapEmpty();
  }

  private double seconds() {
    return lease.toNanos() / 1e9;
  }
}
