package dev.millrace.perf.history;

import dev.millrace.engine.journal.ExecutionCursor;
import dev.millrace.engine.journal.ExecutionQuery;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.persistence.Database;
import dev.millrace.persistence.DatabaseOptions;
import dev.millrace.persistence.DatabaseUrl;
import dev.millrace.persistence.EmbeddedDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Fills a database with a long history and measures what the API asks of it. Started by {@code
 * perf/seed-history}; its main thread waits for the event loops.
 */
@Command(
    name = "perf/seed-history",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Fills a database with executions and measures the history's queries on it. A second run on"
            + " the same database only measures.")
public final class SeedHistory implements Callable<Integer> {
  private static final int WARM_UP_SECONDS = 2;

  @Option(
      names = "--url",
      description = "the database, empty or seeded before; default: an embedded one")
  private String url;

  @Option(
      names = "--data-dir",
      defaultValue = "perf/target/seeded-history",
      description = "where the embedded one keeps its data; default: ${DEFAULT-VALUE}")
  private Path dataDirectory;

  @Option(
      names = "--executions",
      defaultValue = "10000000",
      description = "default: ${DEFAULT-VALUE}")
  private long executions;

  @Option(
      names = "--days",
      defaultValue = "30",
      description = "over which they spread; default: ${DEFAULT-VALUE}")
  private int days;

  @Option(names = "--workflows", defaultValue = "20", description = "default: ${DEFAULT-VALUE}")
  private int workflows;

  @Option(
      names = "--tasks",
      defaultValue = "2",
      description = "of each execution; default: ${DEFAULT-VALUE}")
  private int tasks;

  @Option(
      names = "--concurrency",
      defaultValue = "4",
      description = "questions at a time; default: ${DEFAULT-VALUE}")
  private int concurrency;

  @Option(
      names = "--seconds",
      defaultValue = "15",
      description = "for each kind of question, 0 asks once; default: ${DEFAULT-VALUE}")
  private int seconds;

  /** Exit codes: 0 done, 1 something failed, 2 wrong arguments. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SeedHistory()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (url != null) {
      run(DatabaseUrl.parse(url));
      return 0;
    }
    try (EmbeddedDatabase embedded = EmbeddedDatabase.start(dataDirectory)) {
      run(embedded.url());
    }
    return 0;
  }

  private void run(DatabaseUrl database) throws Exception {
    HistorySeed seed = new HistorySeed(database, System.err::println);
    SeededHistory history = seed.found().orElse(null);
    if (history == null) {
      long startedAt = System.nanoTime();
      history = SeededHistory.until(Instant.now(), executions, days, workflows, tasks);
      seed.fill(history, days);
      System.err.printf("seeded in %d s%n", (System.nanoTime() - startedAt) / 1_000_000_000L);
    }
    describe(seed, history);
    measure(database, history);
  }

  private static void describe(HistorySeed seed, SeededHistory history) throws SQLException {
    long execution = seed.size("execution");
    long task = seed.size("task_execution");
    long taskRows = history.executions() * history.tasks();
    System.out.printf(
        "PostgreSQL %s, %,d executions of %d workflows, %d tasks each%n",
        seed.version(), history.executions(), history.workflows(), history.tasks());
    System.out.printf(
        "execution %.1f GB, %d bytes a row; task_execution %.1f GB, %d bytes a row (indexes included)%n",
        execution / 1e9, execution / history.executions(), task / 1e9, task / taskRows);
  }

  private void measure(DatabaseUrl database, SeededHistory history) throws Exception {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    Database open =
        await(
            Database.open(
                vertx,
                database,
                DatabaseOptions.DEFAULT.withRetention(Duration.ofDays(10L * days))));
    try {
      Duration warmUp = Duration.ofSeconds(Math.min(WARM_UP_SECONDS, seconds));
      System.out.printf("%d questions at a time, %d s each kind%n%n", concurrency, seconds);
      System.out.printf(
          "%-44s %9s %9s %9s %9s%n", "question", "answers", "p50 ms", "p99 ms", "max ms");
      for (Map.Entry<String, Supplier<Future<?>>> kind : questions(open, history).entrySet()) {
        await(new QueryLoad(kind.getValue()).run(vertx, concurrency, warmUp));
        QueryLoad.Latency latency =
            await(
                new QueryLoad(kind.getValue())
                    .run(vertx, concurrency, Duration.ofSeconds(seconds)));
        System.out.printf(
            "%-44s %9d %9.1f %9.1f %9.1f%n",
            kind.getKey(), latency.answers(), latency.p50(), latency.p99(), latency.longest());
      }
    } finally {
      await(open.close());
      await(vertx.close());
    }
  }

  private static Map<String, Supplier<Future<?>>> questions(Database open, SeededHistory history) {
    SplittableRandom random = new SplittableRandom(42);
    Map<String, Supplier<Future<?>>> questions = new LinkedHashMap<>();
    questions.put(
        "newest 50 of a workflow, counted", () -> open.history().list(newest(random, history)));
    questions.put(
        "newest 50 that failed",
        () -> open.history().list(all(random, history, ExecutionStatus.Failed, 0)));
    questions.put(
        "newest 50 that run (there are none)",
        () -> open.history().list(all(random, history, ExecutionStatus.Running, 0)));
    questions.put(
        "50 behind the newest 9,900, by skip",
        () -> open.history().list(all(random, history, null, 9_900)));
    questions.put(
        "50 anywhere in the past, by cursor",
        () -> open.history().list(newest(random, history).after(cursor(random, history))));
    questions.put("50 of a random hour", () -> open.history().list(hour(random, history)));
    questions.put(
        "one execution with its tasks",
        () -> open.history().find(history.id(random.nextLong(history.executions()))));
    questions.put(
        "durations of the newest 200, for an estimate",
        () -> open.durations().recent("default", workflow(random, history)));
    return questions;
  }

  private static String workflow(SplittableRandom random, SeededHistory history) {
    return history.workflow(random.nextInt(history.workflows()));
  }

  private static ExecutionQuery newest(SplittableRandom random, SeededHistory history) {
    return ExecutionQuery.newest("default", workflow(random, history));
  }

  private static ExecutionQuery all(
      SplittableRandom random, SeededHistory history, ExecutionStatus status, int skip) {
    return new ExecutionQuery(
        "default",
        workflow(random, history),
        status,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        skip,
        ExecutionQuery.DEFAULT_TAKE);
  }

  private static ExecutionCursor cursor(SplittableRandom random, SeededHistory history) {
    long number = random.nextLong(history.executions());
    return new ExecutionCursor(history.startedAt(number), history.id(number));
  }

  private static ExecutionQuery hour(SplittableRandom random, SeededHistory history) {
    long from = history.startedAt(random.nextLong(history.executions()));
    return new ExecutionQuery(
        "default",
        workflow(random, history),
        null,
        from,
        from + TimeUnit.HOURS.toMicros(1),
        0,
        ExecutionQuery.DEFAULT_TAKE);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get();
  }
}
