package dev.millrace.perf.history;

import dev.millrace.persistence.DatabaseUrl;
import dev.millrace.persistence.Migrations;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Fills a database with a {@link SeededHistory}: the server generates the rows itself, a part after
 * the other. Used by {@link SeedHistory}, on its main thread; blocks.
 */
final class HistorySeed {
  private static final long PART = 200_000;

  /** Remembers what was seeded, so that a second run only measures. */
  private static final String MARK =
      "create table if not exists perf_seed (executions bigint, workflows int, tasks int, first_micros bigint, step_micros bigint)";

  private static final String NUMBERED =
      """
      from (select n, cast(? as bigint) + n * cast(? as bigint) as micros from generate_series(?, ?) as n) as numbered,
        lateral (select to_timestamp(0) + micros * interval '1 microsecond' as at, lpad(to_hex(micros / 1000), 12, '0') as ms) as time,
        lateral (select (substr(ms, 1, 8) || '-' || substr(ms, 9, 4) || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id) as named
      """;

  /** One in 250 failed, one in 1,000 timed out; the rest succeeded. */
  private static final String EXECUTIONS =
      """
      insert into execution (id, namespace, workflow, version_hash, plan_hash, durability, status, owner, input, output, started_at, deadline_at, ended_at)
      select id, 'default', 'workflow-' || n %% %1$d,
        'sha256:' || md5((n %% %1$d)::text) || md5((n %% %1$d)::text), 'sha256:' || md5('plan') || md5((n %% %1$d)::text), 'Durable',
        case when n / %1$d %% 1000 = 1 then 'TimedOut' when n / %1$d %% 250 = 0 then 'Failed' else 'Succeeded' end,
        '01900000-0000-7000-8000-000000000001',
        json_build_object('userId', n::text, 'sku', 'item-' || n %% 1000, 'quantity', n %% 9 + 1),
        json_build_object('email', 'user' || n || '@example.com', 'orderId', 'order-' || n, 'totalCents', n %% 100000, 'carrier', 'express'),
        at, at + interval '30 seconds', at + (20000 + n * 7919 %% 80000) * interval '1 microsecond'
      """;

  private static final String TASKS =
      """
      insert into task_execution (execution_id, slot, task_id, task_ref, status, continued, input, output, attempts, queued_at, started_at, ended_at)
      select id, slot, 'task-' || slot, 'fetch-' || slot, 'Succeeded', false,
        json_build_object('customer', n::text, 'sku', 'item-' || n % 1000),
        json_build_object('id', 'order-' || n, 'status', 'confirmed', 'customer', 'user' || n || '@example.com', 'currency', 'EUR',
          'totalCents', n % 100000, 'lines', json_build_array(json_build_object('sku', 'item-' || n % 1000, 'quantity', n % 9 + 1, 'priceCents', 995))),
        json_build_array(json_build_object('number', 1, 'startedAt', micros, 'durationNanos', 4200000, 'outcome', 'SUCCEEDED', 'status', 200)),
        at, at + slot * interval '5 milliseconds', at + slot * interval '5 milliseconds' + (4000 + n * 7919 % 9000) * interval '1 microsecond'
      """;

  private final DatabaseUrl url;
  private final Consumer<String> progress;

  HistorySeed(DatabaseUrl url, Consumer<String> progress) {
    this.url = url;
    this.progress = progress;
  }

  /** What is there from an earlier run. */
  Optional<SeededHistory> found() throws SQLException {
    Migrations.apply(url);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(MARK);
      try (ResultSet row = statement.executeQuery("select * from perf_seed")) {
        return row.next()
            ? Optional.of(
                new SeededHistory(
                    row.getLong(1), row.getInt(2), row.getInt(3), row.getLong(4), row.getLong(5)))
            : Optional.empty();
      }
    }
  }

  /** Fills an empty database. */
  void fill(SeededHistory history, int days) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set synchronous_commit = off");
      createDays(statement, days);
      for (long from = 0; from < history.executions(); from += PART) {
        long to = Math.min(from + PART, history.executions()) - 1;
        insert(connection, EXECUTIONS.formatted(history.workflows()) + NUMBERED, history, from, to);
        insert(
            connection,
            TASKS
                + NUMBERED
                + ", generate_series(0, "
                + (history.tasks() - 1)
                + ") as slot order by n, slot",
            history,
            from,
            to);
        progress.accept("%,d of %,d executions".formatted(to + 1, history.executions()));
      }
      progress.accept("vacuum and analyze, as the server would in time");
      statement.execute("vacuum (analyze) execution");
      statement.execute("vacuum (analyze) task_execution");
      statement.execute(
          "insert into perf_seed values (%d, %d, %d, %d, %d)"
              .formatted(
                  history.executions(),
                  history.workflows(),
                  history.tasks(),
                  history.firstMicros(),
                  history.stepMicros()));
    }
  }

  private static void insert(
      Connection connection, String sql, SeededHistory history, long from, long to)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, history.firstMicros());
      insert.setLong(2, history.stepMicros());
      insert.setLong(3, from);
      insert.setLong(4, to);
      insert.executeUpdate();
    }
  }

  /** The days of the past, which gateways would have created in their time. */
  private static void createDays(Statement statement, int days) throws SQLException {
    statement.execute("select maintain_partitions(1, interval '1000 days')");
    statement.execute(
        """
        do $$
        declare day date; parent text;
        begin
          for day in select generate_series((now() at time zone 'utc')::date - %d, (now() at time zone 'utc')::date, interval '1 day')::date loop
            foreach parent in array array['execution', 'task_execution'] loop
              if to_regclass(parent || '_' || to_char(day, 'YYYYMMDD')) is null then
                execute format('create table %%I partition of %%I for values from (%%L) to (%%L)', parent || '_' || to_char(day, 'YYYYMMDD'), parent,
                  uuid_at(day::timestamp at time zone 'utc'), uuid_at((day + 1)::timestamp at time zone 'utc'));
              end if;
            end loop;
          end loop;
        end $$
        """
            .formatted(days));
  }

  /** Bytes of a table with its indexes, over all partitions. */
  long size(String table) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select sum(pg_total_relation_size(relid)) from pg_partition_tree('"
                    + table
                    + "')")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** What the server calls itself. */
  String version() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show server_version")) {
      row.next();
      return row.getString(1);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url.jdbc(), url.user(), url.password());
  }
}
