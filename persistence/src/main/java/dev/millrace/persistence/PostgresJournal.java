package dev.millrace.persistence;

import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.Journal;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The journal in PostgreSQL, with group commit. One for the process; facts come from any event
 * loop.
 *
 * <p>Each event loop has a {@link JournalLane}: its facts are gathered, written and sent where they
 * come from, so that no loop carries the records of the others and none waits for their commits. An
 * execution lives on one event loop, which keeps its facts in order. Beyond {@link #MOST_LANES}
 * loops share lanes, because each lane is a connection.
 *
 * <p>Facts that nobody waits for gather until their execution ends, though not for long, so that a
 * short execution costs one row that is written once; {@link #hurry()} sends them at once.
 *
 * <p>Without its database it keeps what it took and tries again, and says through {@link
 * #hasRoom()} when it can take no more.
 */
public final class PostgresJournal implements Journal {
  /** How many connections a journal opens at most. */
  static final int MOST_LANES = 4;

  private final Vertx vertx;
  private final ContextInternal home;
  private final Supplier<Pool> pools;
  private final JournalOptions options;
  private final JournalMetrics metrics;
  private final Leases leases;
  private final JournalBacklog backlog = new JournalBacklog();
  private final List<JournalLane> lanes = new CopyOnWriteArrayList<>();
  private final Map<EventLoop, JournalLane> laneOfLoop = new ConcurrentHashMap<>();

  /**
   * Creates a journal that owns no pool: closing those is the caller's, after {@link #flush()}.
   *
   * @param pools opens a pool of one connection for a lane
   * @param leases who this gateway is at the moment
   */
  PostgresJournal(
      Vertx vertx,
      Supplier<Pool> pools,
      JournalOptions options,
      JournalMetrics metrics,
      Leases leases) {
    this.vertx = vertx;
    this.home = (ContextInternal) vertx.getOrCreateContext();
    this.pools = pools;
    this.options = options;
    this.metrics = metrics;
    this.leases = leases;
  }

  @Override
  public Future<Void> append(Fact fact) {
    ContextInternal caller = (ContextInternal) Vertx.currentContext();
    Promise<Void> committed = promise(caller);
    backlog.taken();
    lane(caller).add(new JournalLane.Arrival(fact, leases.owner(), committed));
    return committed.future();
  }

  @Override
  public void hurry() {
    lane((ContextInternal) Vertx.currentContext()).hurry();
  }

  /**
   * Not while this gateway is nobody: after it lost its lease, until it has a new one, what begins
   * would belong to who it was, and to whoever takes over from that one.
   */
  @Override
  public boolean hasRoom() {
    boolean room =
        leases.isRegistered()
            && backlog.facts() < options.maxPendingFacts()
            && backlog.characters() < options.maxPendingCharacters();
    if (!room) {
      metrics.refused();
    }
    return room;
  }

  @Override
  public Future<Void> flush() {
    List<Future<Void>> flushed = new ArrayList<>();
    for (JournalLane lane : lanes) {
      Promise<Void> mark = promise((ContextInternal) Vertx.currentContext());
      lane.add(new JournalLane.Arrival(null, null, mark));
      lane.hurry();
      flushed.add(mark.future());
    }
    return Future.all(flushed).mapEmpty();
  }

  /** How many facts wait for their commit. */
  public int pendingFacts() {
    return backlog.facts();
  }

  /** About how many characters wait for their commit. */
  public long pendingCharacters() {
    return backlog.characters();
  }

  /** The lane of the caller's event loop; that of whoever made the journal, for other threads. */
  private JournalLane lane(ContextInternal caller) {
    ContextInternal context = caller == null ? home : caller;
    JournalLane lane = laneOfLoop.get(context.nettyEventLoop());
    return lane == null ? openLane(context) : lane;
  }

  private synchronized JournalLane openLane(ContextInternal context) {
    EventLoop loop = context.nettyEventLoop();
    JournalLane lane = laneOfLoop.get(loop);
    if (lane == null) {
      lane = lanes.size() < MOST_LANES ? newLane(loop) : lanes.get(laneOfLoop.size() % MOST_LANES);
      laneOfLoop.put(loop, lane);
    }
    return lane;
  }

  private JournalLane newLane(EventLoop loop) {
    // Not the caller's context: that may be a verticle's, which the lane outlives.
    Context context = home.owner().contextBuilder().withEventLoop(loop).build();
    JournalLane lane = new JournalLane(vertx, context, pools.get(), options, metrics, backlog);
    lanes.add(lane);
    return lane;
  }

  /**
   * A promise whose future completes on the context of the caller, as callers of {@link Journal}
   * expect.
   */
  private static Promise<Void> promise(ContextInternal caller) {
    return caller == null ? Promise.promise() : caller.promise();
  }
}
