package dev.millrace.engine.catalog;

import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.journal.DefinitionChange;
import dev.millrace.engine.journal.DefinitionLog;
import dev.millrace.engine.problem.ResourceName;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the {@link DefinitionLog} how the definitions of the catalog change. One for the process,
 * made by the program; lives on the context that it was made on.
 *
 * <p>It begins with what the log holds, so a definition that was changed or deleted while no
 * program ran is noticed at the start. Without its database it keeps the changes and tries again;
 * of more than it can keep, each definition's latest state is told in the end, but not every state
 * in between.
 */
public final class DefinitionRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(DefinitionRecorder.class);

  private static final int MAX_DOUBLINGS = 16;

  /** After how many failures in a row another change is tried. */
  private static final int PATIENCE = 10;

  private final Vertx vertx;
  private final Context context;
  private final DefinitionLog log;
  private final Options options;
  private final Deque<DefinitionChange> queue = new ArrayDeque<>();
  private final List<Promise<Void>> waiting = new ArrayList<>();

  /** What the log was told, or will be once the queue is empty; null until it was asked. */
  private Map<ResourceName, String> told;

  private CatalogSnapshot latest;
  private boolean busy;
  private int failures;
  private boolean behind;
  private boolean stopped;

  /**
   * How to record.
   *
   * @param namespaces whose definitions this program has; others are none of its business
   * @param origins where the change of a definition came from, asked when it is noticed
   * @param clock epoch microseconds
   * @param maxQueued how many changes wait for the database at most
   * @param firstRetry how long to wait after a failure, twice as long each time
   * @param lastRetry how long at most
   */
  public record Options(
      Predicate<String> namespaces,
      Function<ResourceName, Origin> origins,
      LongSupplier clock,
      int maxQueued,
      Duration firstRetry,
      Duration lastRetry) {
    public Options {
      Objects.requireNonNull(namespaces);
      Objects.requireNonNull(origins);
      Objects.requireNonNull(clock);
    }

    /** The usual patience, and the system's clock. */
    public static Options of(Predicate<String> namespaces, Function<ResourceName, Origin> origins) {
      return new Options(
          namespaces,
          origins,
          () -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()),
          10_000,
          Duration.ofMillis(500),
          Duration.ofSeconds(30));
    }

    /** The same by another clock. */
    public Options withClock(LongSupplier other) {
      return new Options(namespaces, origins, other, maxQueued, firstRetry, lastRetry);
    }
  }

  private DefinitionRecorder(Vertx vertx, DefinitionLog log, Options options) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.log = Objects.requireNonNull(log);
    this.options = Objects.requireNonNull(options);
  }

  /** Follows a catalog that is filled; what it holds now is the first to be told. */
  public static DefinitionRecorder follow(
      Vertx vertx, Catalog catalog, DefinitionLog log, Options options) {
    DefinitionRecorder recorder = new DefinitionRecorder(vertx, log, options);
    catalog.onUpdate(recorder::changed);
    recorder.changed(catalog.snapshot());
    return recorder;
  }

  /** Completes when everything that was noticed before is recorded, or {@link #stop} is called. */
  public Future<Void> flush() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        nothing -> {
          waiting.add(done);
          work();
        });
    return done.future();
  }

  /** Records nothing any more; what waits is noticed by the next program that starts. */
  public void stop() {
    context.runOnContext(
        nothing -> {
          stopped = true;
          idle();
        });
  }

  private void changed(CatalogSnapshot snapshot) {
    context.runOnContext(
        nothing -> {
          if (latest == null || snapshot.generation() >= latest.generation()) {
            latest = snapshot;
            notice();
            work();
          }
        });
  }

  /** Queues what differs between the latest definitions and what was told. */
  private void notice() {
    if (told == null) {
      return;
    }
    Map<ResourceName, Resource> present = new HashMap<>();
    for (Resource resource : latest.resources()) {
      if (options.namespaces().test(resource.name().namespace())) {
        present.put(resource.name(), resource);
      }
    }
    for (Resource resource : present.values()) {
      if (!resource.versionHash().equals(told.get(resource.name()))) {
        Origin origin = options.origins().apply(resource.name());
        queue(
            DefinitionChange.saved(
                    resource.name(),
                    resource.versionHash(),
                    resource.document(),
                    origin.actor(),
                    origin.source(),
                    options.clock().getAsLong())
                .because(origin.reason()));
      }
    }
    for (ResourceName name : List.copyOf(told.keySet())) {
      if (!present.containsKey(name)) {
        Origin origin = options.origins().apply(name);
        queue(
            DefinitionChange.deleted(
                    name, origin.actor(), origin.source(), options.clock().getAsLong())
                .because(origin.reason()));
      }
    }
  }

  private void queue(DefinitionChange change) {
    if (queue.size() >= options.maxQueued()) {
      behind = true;
      return;
    }
    queue.add(change);
    if (change.versionHash() == null) {
      told.remove(change.name());
    } else {
      told.put(change.name(), change.versionHash());
    }
  }

  /** Does the next thing there is to do, one at a time. */
  private void work() {
    if (stopped) {
      idle();
    } else if (!busy && told == null) {
      attempt(log::current, this::begin);
    } else if (!busy) {
      if (queue.isEmpty() && behind) {
        behind = false;
        notice();
      }
      DefinitionChange next = queue.peek();
      if (next == null) {
        idle();
      } else {
        attempt(() -> log.record(next), changed -> queue.remove());
      }
    }
  }

  private void begin(Map<ResourceName, String> current) {
    told = new HashMap<>(current);
    told.keySet().removeIf(name -> !options.namespaces().test(name.namespace()));
    notice();
  }

  private <T> void attempt(Supplier<Future<T>> action, Consumer<T> success) {
    busy = true;
    action
        .get()
        .onComplete(
            (result, failure) ->
                context.runOnContext(
                    nothing -> {
                      if (failure == null) {
                        busy = false;
                        failures = 0;
                        success.accept(result);
                        work();
                      } else {
                        tryAgain(failure);
                      }
                    }));
  }

  private void tryAgain(Throwable cause) {
    long delay =
        Math.min(
            options.firstRetry().toMillis() << Math.min(failures, MAX_DOUBLINGS),
            options.lastRetry().toMillis());
    failures++;
    LOG.atWarn()
        .addKeyValue("waiting", queue.size())
        .addKeyValue("cause", cause.getClass().getSimpleName())
        .log("The history of definitions could not be written and will be tried again");
    if (failures % PATIENCE == 0 && !queue.isEmpty()) {
      setAside();
    }
    vertx.setTimer(
        delay,
        timer -> {
          busy = false;
          work();
        });
  }

  /** A change that cannot be stored must not hold up the others, only those of its own name. */
  private void setAside() {
    DefinitionChange first = queue.remove();
    boolean superseded = queue.stream().anyMatch(change -> change.name().equals(first.name()));
    if (!superseded) {
      queue.add(first);
    }
  }

  private void idle() {
    List<Promise<Void>> done = List.copyOf(waiting);
    waiting.clear();
    done.forEach(Promise::complete);
  }
}
