package dev.millrace.persistence;

import static dev.millrace.persistence.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.journal.ExecutionCursor;
import dev.millrace.engine.journal.ExecutionPage;
import dev.millrace.engine.journal.ExecutionQuery;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.ExecutionSummary;
import dev.millrace.engine.journal.Fact;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionsIT {
  private static final int MIGRATIONS = 5;
  private static final long DAY = TimeUnit.DAYS.toMicros(1);

  private final Vertx vertx = Vertx.vertx();
  private DatabaseUrl url;

  @BeforeEach
  void prepare() throws Exception {
    url = TestDatabase.fresh();
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void severalGatewaysMayStartAtOnce() throws Exception {
    ExecutorService starters = Executors.newFixedThreadPool(4);
    List<java.util.concurrent.Future<Integer>> started = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      started.add(starters.submit(() -> Migrations.apply(url)));
    }
    int applied = 0;
    for (var start : started) {
      applied += start.get(60, TimeUnit.SECONDS);
    }
    starters.shutdown();

    assertThat(applied).isEqualTo(MIGRATIONS);
    List<Future<Database>> gateways = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      gateways.add(Database.open(vertx, url, DatabaseOptions.DEFAULT));
    }
    await(Future.all(gateways));
    for (var gateway : gateways) {
      await(gateway.result().close());
    }
  }

  @Test
  void daysAreCreatedAheadAndDroppedWhenTheyAreOver() throws Exception {
    Migrations.apply(url);
    long old = Facts.NOW - 40 * DAY;
    try (AutoClosing connection = connect()) {
      for (long day : List.of(40L, 29L)) {
        String name = day(Facts.NOW - day * DAY);
        Instant midnight =
            Instant.ofEpochMilli(Facts.NOW / 1000)
                .minus(Duration.ofDays(day))
                .truncatedTo(java.time.temporal.ChronoUnit.DAYS);
        for (String parent : List.of("execution", "task_execution")) {
          connection.run(
              "create table %s_%s partition of %s for values from (uuid_at('%s')) to (uuid_at('%s'))"
                  .formatted(parent, name, parent, midnight, midnight.plus(Duration.ofDays(1))));
        }
      }
    }
    DatabaseOptions keepAll = DatabaseOptions.DEFAULT.withRetention(Duration.ofDays(400));
    Database first = await(Database.open(vertx, url, keepAll));
    String dropped = Facts.id(old);
    String kept = Facts.id(Facts.NOW - 29 * DAY);
    String strayed = Facts.id(Facts.NOW - 200 * DAY);
    String today = Facts.id();
    for (String id : List.of(dropped, kept, strayed, today)) {
      await(first.journal().append(Facts.started(id)));
      await(first.journal().append(Facts.task(id, 0)));
      await(first.journal().append(Facts.ended(id, Facts.NOW - 39 * DAY)));
    }
    String paused = Facts.id(old + 1_000);
    String running = Facts.id(old + 2_000);
    String strayedAndRunning = Facts.id(Facts.NOW - 200 * DAY);
    for (String id : List.of(paused, running, strayedAndRunning)) {
      await(first.journal().append(Facts.started(id)));
      await(first.journal().append(Facts.task(id, 0)));
    }
    await(first.journal().append(new Fact.ExecutionPaused(paused, old + 3_000)));
    await(first.close());

    Database second = await(Database.open(vertx, url, DatabaseOptions.DEFAULT));
    Database third = await(Database.open(vertx, url, DatabaseOptions.DEFAULT));
    await(Future.all(second.maintain(), third.maintain(), second.maintain()));

    assertThat(await(second.history().find(dropped))).isEmpty();
    assertThat(await(second.history().find(strayed))).isEmpty();
    for (String unfinished : List.of(paused, running, strayedAndRunning)) {
      assertThat(await(second.history().find(unfinished)).orElseThrow().tasks()).hasSize(1);
    }
    assertThat(await(second.history().find(kept)).orElseThrow().tasks()).hasSize(1);
    assertThat(await(second.history().find(today)).orElseThrow().tasks()).hasSize(1);
    try (AutoClosing connection = connect()) {
      List<String> partitions =
          connection.column(
              "select inhrelid::regclass::text from pg_inherits where inhparent = 'execution'::regclass");
      assertThat(partitions)
          .contains(
              "execution_" + day(Facts.NOW + 3 * DAY), "execution_" + day(Facts.NOW - 29 * DAY))
          .doesNotContain("execution_" + day(old));
      assertThat(connection.column("select count(*)::text from task_execution_default"))
          .containsExactly("3");
    }

    // what ends counts from its end on
    assertThat(await(second.claims().claimPaused(paused))).isPresent();
    await(second.journal().append(Facts.ended(paused)));
    await(second.maintain());
    assertThat(await(second.history().find(paused))).isPresent();
    TestDatabase.executeIn(
        url,
        "update execution set ended_at = now() - interval '31 days' where id = '" + paused + "'");
    await(second.maintain());
    assertThat(await(second.history().find(paused))).isEmpty();
    assertThat(TestDatabase.read(url, "select count(*) from task_execution_default"))
        .isEqualTo("2");
    await(second.close());
    await(third.close());
  }

  @Test
  void everyQueryOfTheApiUsesAnIndexAndOnlyTheDaysItNeeds() throws Exception {
    Migrations.apply(url);
    try (AutoClosing connection = connect()) {
      connection.run("select maintain_partitions(3, interval '30 days')");
      connection.run(
          """
          insert into execution (id, namespace, workflow, version_hash, durability, status, owner, input, started_at, deadline_at)
          select (substr(uuid_at(at)::text, 1, 24) || lpad(to_hex(n), 12, '0'))::uuid, 'default', 'w' || n % 7, 'v', 'Durable',
                 case when n % 500 = 0 then 'Running' else 'Succeeded' end, ('00000000-0000-0000-0000-00000000000' || n % 9)::uuid, '{}', at, at
          from generate_series(1, 40000) as n, lateral (select now() - n * interval '3 seconds' as at) as moment
          """);
      connection.run("analyze execution");
    }
    long now = Facts.NOW;
    String today = day(now);
    ExecutionQuery newest = ExecutionQuery.newest("default", "w1");
    ExecutionQuery late =
        new ExecutionQuery("default", "w1", null, now + 5 * DAY / 2, Long.MAX_VALUE, 0, 50);
    ExecutionQuery running =
        new ExecutionQuery(
            "default", "w0", ExecutionStatus.Running, Long.MIN_VALUE, Long.MAX_VALUE, 0, 50);
    ExecutionCursor yesterday = new ExecutionCursor(now - 2 * DAY, Facts.id(now - 2 * DAY));

    assertThat(
            explain("select * from execution where id = $1", Tuple.of(UUID.fromString(Facts.id()))))
        .contains("execution_" + today)
        .doesNotContain("Seq Scan", "execution_default", "execution_" + day(now - DAY));
    assertThat(
            explain(
                "select * from task_execution where execution_id = $1 order by slot",
                Tuple.of(UUID.fromString(Facts.id()))))
        .contains("Index")
        .doesNotContain("execution_default");
    assertThat(explain(ListStatement.page(newest)))
        .contains("namespace_workflow_started_at")
        .doesNotContain("Seq Scan on execution_" + today, "Sort Key: execution_" + today);
    ExecutionQuery skipped =
        new ExecutionQuery("default", "w1", null, Long.MIN_VALUE, Long.MAX_VALUE, 900, 50);
    assertThat(explain(ListStatement.page(skipped)))
        .contains("Index Only Scan", "execution_" + today + "_pkey")
        .doesNotContain("Seq Scan", "Sort Key: execution_" + today);
    assertThat(explain(ListStatement.page(running))).contains("namespace_workflow_status");
    assertThat(explain(ListStatement.count(newest))).contains("Index Only Scan").contains("Limit");
    assertThat(explain(ListStatement.page(late)))
        .contains("execution_" + day(now + 3 * DAY))
        .doesNotContain("execution_" + today);
    assertThat(explain(ListStatement.page(newest.after(yesterday))))
        .doesNotContain("execution_" + today, "execution_" + day(now + DAY));
    PostgresDurations durations = new PostgresDurations(null, java.time.Clock.systemUTC());
    assertThat(explain(PostgresDurations.RECENT, durations.parameters("default", "w1")))
        .contains("namespace_workflow_started_at", "task_execution_" + today + "_pkey")
        .doesNotContain("Seq Scan on execution", "Seq Scan on task_execution")
        .doesNotContain("execution_" + day(now - 9 * DAY));
    FactBatch batch = new FactBatch(lateFacts(), true);
    assertThat(explain(batch.sql(), batch.parameters()))
        .contains("Subplans Removed", "execution_" + today)
        .doesNotContain("Seq Scan", "execution_" + day(now - DAY), "Hash Join");
    assertThat(
            explain(
                "select id, requested from execution where owner = $1 and status = 'Running' and requested is not null",
                Tuple.of(UUID.randomUUID())))
        .contains("owner");
  }

  @Test
  void pagesFollowEachOtherToTheEnd() throws Exception {
    Database database = await(Database.open(vertx, url, DatabaseOptions.DEFAULT));
    List<Future<Void>> commits = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      // three executions a moment, so that ids decide too
      String id = Facts.id();
      commits.add(database.journal().append(Facts.started(id, "w", Facts.NOW + i / 3)));
    }
    await(Future.all(commits));
    ExecutionQuery query =
        new ExecutionQuery("default", "w", null, Long.MIN_VALUE, Long.MAX_VALUE, 0, 10);

    List<ExecutionSummary> seen = new ArrayList<>();
    ExecutionPage page = await(database.history().list(query));
    seen.addAll(page.items());
    while (page.next() != null) {
      assertThat(page.total()).isEqualTo(25);
      ExecutionCursor cursor = ExecutionCursor.decode(page.next().encode());
      page = await(database.history().list(query.after(cursor)));
      seen.addAll(page.items());
    }

    ExecutionPage all = await(database.history().list(ExecutionQuery.newest("default", "w")));
    assertThat(all.total()).isEqualTo(25);
    assertThat(seen).isEqualTo(all.items());
    assertThat(
            await(
                    database
                        .history()
                        .list(
                            new ExecutionQuery(
                                "default", "w", null, Facts.NOW + 1, Facts.NOW + 2, 0, 10)))
                .items())
        .hasSize(3);
    assertThat(
            await(
                database
                    .history()
                    .list(
                        new ExecutionQuery(
                            "default", "w", null, Long.MIN_VALUE, Long.MAX_VALUE, 30, 10))))
        .satisfies(
            beyond -> {
              assertThat(beyond.items()).isEmpty();
              assertThat(beyond.total()).isEqualTo(25);
            });
    assertThat(
            await(
                    database
                        .history()
                        .list(
                            new ExecutionQuery(
                                "default",
                                "w",
                                null,
                                Long.MAX_VALUE - 1,
                                Long.MAX_VALUE - 1,
                                0,
                                10)))
                .items())
        .isEmpty();
    assertThat(await(database.isReachable())).isTrue();
    await(database.close());
  }

  private static String day(long epochMicros) {
    return DateTimeFormatter.BASIC_ISO_DATE.format(
        Instant.ofEpochMilli(epochMicros / 1_000).atOffset(ZoneOffset.UTC).toLocalDate());
  }

  private String explain(ListStatement statement) throws Exception {
    return explain(statement.sql(), statement.parameters());
  }

  private static String literal(Object value) {
    if (!(value instanceof Object[] elements)) {
      return "'" + value + "'";
    }
    List<String> literals = new ArrayList<>();
    for (Object element : elements) {
      literals.add(element == null ? "null" : "'" + element + "'");
    }
    String type =
        elements instanceof UUID[]
            ? "uuid"
            : elements instanceof Boolean[]
                ? "boolean"
                : elements instanceof Short[]
                    ? "smallint"
                    : elements instanceof String[] ? "text" : "timestamptz";
    return "array[" + String.join(", ", literals) + "]::" + type + "[]";
  }

  private static List<ExecutionFacts> lateFacts() {
    String id = Facts.id();
    return List.of(late(Facts.task(id, 0), Facts.ended(id)), late(Facts.task(Facts.id(), 0)));
  }

  private static ExecutionFacts late(Fact... facts) {
    UUID owner = UUID.randomUUID();
    return ExecutionFacts.of(
        Stream.of(facts)
            .map(fact -> PendingFact.of(fact, owner, io.vertx.core.Promise.promise()))
            .toList());
  }

  /** The plan that is kept, as it is carried out with these parameters. */
  private String explain(String sql, Tuple parameters) throws Exception {
    List<String> literals = new ArrayList<>();
    for (int index = 0; index < parameters.size(); index++) {
      literals.add(literal(parameters.getValue(index)));
    }
    try (AutoClosing connection = connect()) {
      connection.run("prepare asked as " + sql);
      return String.join(
          "\n",
          connection.column(
              "explain (costs off) execute asked(" + String.join(", ", literals) + ")"));
    }
  }

  private AutoClosing connect() throws Exception {
    return new AutoClosing(
        await(
            PgConnection.connect(
                vertx,
                DatabasePools.connect(
                    url, "test", Duration.ofMinutes(1), DatabasePools.IN_ORDER))));
  }

  private record AutoClosing(PgConnection connection) implements AutoCloseable {
    void run(String sql) throws Exception {
      await(connection.query(sql).execute());
    }

    List<String> column(String sql) throws Exception {
      List<String> values = new ArrayList<>();
      for (Row row : await(connection.query(sql).execute())) {
        values.add(row.getString(0));
      }
      return values;
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
