package dev.millrace.app.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what the database keeps, and lets it note every committed change of an execution's status
 * or owner. Blocks; one for the test, used on its thread.
 */
final class DatabaseRecords {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Not in the product's way but for one more insert a row, in the same transaction. */
  private static final String WATCH =
      """
      create table transition (number bigserial, execution uuid, former text, status text, former_owner uuid, owner uuid,
        at timestamptz not null default clock_timestamp());
      create table first_result (execution uuid, task text, at timestamptz not null default clock_timestamp(),
        primary key (execution, task));
      create function note_result() returns trigger language plpgsql as $$ begin
        insert into first_result (execution, task) values (new.execution_id, new.task_id) on conflict do nothing;
        return null; end $$;
      create trigger new_result after insert on task_execution for each row execute function note_result();
      create function note_new() returns trigger language plpgsql as $$ begin
        insert into transition (execution, status, owner) values (new.id, new.status, new.owner);
        return null; end $$;
      create function note_change() returns trigger language plpgsql as $$ begin
        insert into transition (execution, former, status, former_owner, owner)
        values (new.id, old.status, new.status, old.owner, new.owner);
        return null; end $$;
      create trigger new_execution after insert on execution for each row execute function note_new();
      create trigger changed_execution after update on execution for each row
        when (old.status is distinct from new.status or old.owner is distinct from new.owner)
        execute function note_change();
      """;

  private final DatabaseServer database;

  DatabaseRecords(DatabaseServer database) {
    this.database = database;
  }

  /** Notes every change from now on; the tables must be there. */
  void watch() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(WATCH);
    }
  }

  /** Executions of a status. */
  List<String> withStatus(String status) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (Connection connection = database.connect();
        var statement = connection.prepareStatement("select id from execution where status = ?")) {
      statement.setString(1, status);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
      }
    }
    return ids;
  }

  /** All of them, by id. */
  Map<String, Execution> executions() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      Map<String, Map<String, Execution.Task>> tasks = tasks(statement);
      Map<String, List<Execution.Transition>> transitions = transitions(statement);
      Map<String, Execution> executions = new HashMap<>();
      try (ResultSet rows =
          statement.executeQuery(
              "select id, workflow, input, status, output, ended_at from execution")) {
        while (rows.next()) {
          String id = rows.getString("id");
          executions.put(
              id,
              new Execution(
                  id,
                  rows.getString("workflow"),
                  JSON.readTree(rows.getString("input")).get("order").asString(),
                  rows.getString("status"),
                  texts(rows.getString("output")),
                  micros(rows.getTimestamp("ended_at")),
                  tasks.getOrDefault(id, Map.of()),
                  transitions.getOrDefault(id, List.of())));
        }
      }
      return executions;
    }
  }

  private static Map<String, Map<String, Execution.Task>> tasks(Statement statement)
      throws SQLException {
    Map<String, Map<String, Execution.Task>> tasks = new HashMap<>();
    try (ResultSet rows =
        statement.executeQuery(
            "select execution_id, task_id, status, continued, output ->> 'receipt' as receipt, at"
                + " from task_execution left join first_result"
                + " on execution = execution_id and task = task_id")) {
      while (rows.next()) {
        tasks
            .computeIfAbsent(rows.getString("execution_id"), none -> new HashMap<>())
            .put(
                rows.getString("task_id"),
                new Execution.Task(
                    rows.getString("status"),
                    rows.getBoolean("continued"),
                    rows.getString("receipt"),
                    micros(rows.getTimestamp("at"))));
      }
    }
    return tasks;
  }

  private static Map<String, List<Execution.Transition>> transitions(Statement statement)
      throws SQLException {
    Map<String, List<Execution.Transition>> transitions = new HashMap<>();
    try (ResultSet rows = statement.executeQuery("select * from transition order by number")) {
      while (rows.next()) {
        transitions
            .computeIfAbsent(rows.getString("execution"), none -> new ArrayList<>())
            .add(
                new Execution.Transition(
                    micros(rows.getTimestamp("at")),
                    rows.getString("former"),
                    rows.getString("status"),
                    rows.getString("former_owner"),
                    rows.getString("owner")));
      }
    }
    return transitions;
  }

  private static Map<String, String> texts(String json) {
    if (json == null) {
      return null;
    }
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<String, JsonNode> property : JSON.readTree(json).properties()) {
      texts.put(property.getKey(), property.getValue().asString());
    }
    return texts;
  }

  private static long micros(Timestamp time) {
    return time == null ? 0 : time.getTime() * 1_000L + time.getNanos() / 1_000L % 1_000L;
  }
}
