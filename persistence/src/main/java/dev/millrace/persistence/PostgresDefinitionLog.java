package dev.millrace.persistence;

import dev.millrace.engine.journal.AuditEntry;
import dev.millrace.engine.journal.DefinitionAction;
import dev.millrace.engine.journal.DefinitionChange;
import dev.millrace.engine.journal.DefinitionLog;
import dev.millrace.engine.journal.DefinitionVersion;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The history of definitions in PostgreSQL; one for the process, used on any thread. Gateways that
 * tell of the same definition at once come one after the other.
 */
public final class PostgresDefinitionLog implements DefinitionLog {
  private static final String ALONE =
      "select pg_advisory_xact_lock(hashtextextended($1, 7212847514))";
  private static final String CURRENT =
      "select version_hash from definition_change where kind = $1 and namespace = $2 and name = $3"
          + " order by sequence desc limit 1";
  private static final String INSERT =
      "insert into definition_change (kind, namespace, name, action, version_hash, document, actor, source, at, reason)"
          + " values ($1, $2, $3, $4, $5, $6::text::json, $7, $8, $9, $10)";
  private static final String COLUMNS =
      "version_hash, document::text as document, actor, source, at, reason";
  private static final String VERSIONS =
      "select "
          + COLUMNS
          + " from definition_change where kind = $1 and namespace = $2 and name = $3 and action <> 'Deleted'"
          + " order by sequence desc offset $4 limit $5";
  private static final String VERSION =
      "select "
          + COLUMNS
          + " from definition_change where kind = $1 and namespace = $2 and name = $3 and version_hash = $4"
          + " order by sequence desc limit 1";

  /** One entry more than asked for: what the oldest of them changed. */
  private static final String AUDIT =
      "select action, "
          + COLUMNS
          + " from definition_change where kind = $1 and namespace = $2 and name = $3"
          + " order by sequence desc offset $4 limit $5 + 1";

  private static final String COUNTS =
      "select count(*) filter (where action <> 'Deleted') as versions, count(*) as changes"
          + " from definition_change where kind = $1 and namespace = $2 and name = $3";
  private static final String ALL_CURRENT =
      "select kind, namespace, name, version_hash from ("
          + "select distinct on (kind, namespace, name) kind, namespace, name, version_hash from definition_change"
          + " order by kind, namespace, name, sequence desc) as newest"
          + " where version_hash is not null";

  private final Pool pool;

  PostgresDefinitionLog(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Boolean> record(DefinitionChange change) {
    return pool.withTransaction(
        connection ->
            connection
                .preparedQuery(ALONE)
                .execute(Tuple.of(change.name().toString()))
                .compose(alone -> connection.preparedQuery(CURRENT).execute(of(change.name())))
                .compose(current -> recordAfter(connection, change, current)));
  }

  private static Future<Boolean> recordAfter(
      SqlConnection connection, DefinitionChange change, RowSet<Row> current) {
    String currentHash =
        current.size() == 0 ? null : current.iterator().next().getString("version_hash");
    if (Objects.equals(change.versionHash(), currentHash)) {
      return Future.succeededFuture(false);
    }
    DefinitionAction action =
        change.versionHash() == null
            ? DefinitionAction.Deleted
            : currentHash == null ? DefinitionAction.Created : DefinitionAction.Updated;
    Tuple parameters =
        of(change.name())
            .addString(action.name())
            .addString(change.versionHash())
            .addString(change.document() == null ? null : Json.toText(change.document()))
            .addString(change.actor())
            .addString(change.source())
            .addOffsetDateTime(Times.moment(change.at()))
            .addString(change.reason());
    return connection.preparedQuery(INSERT).execute(parameters).map(true);
  }

  @Override
  public Future<List<DefinitionVersion>> versions(ResourceName name, int skip, int take) {
    DefinitionLog.checkPage(skip, take);
    return pool.preparedQuery(VERSIONS)
        .execute(of(name).addLong((long) skip).addLong((long) take))
        .map(
            rows -> {
              List<DefinitionVersion> versions = new ArrayList<>(rows.size());
              for (Row row : rows) {
                versions.add(version(name, row));
              }
              return versions;
            });
  }

  @Override
  public Future<Optional<DefinitionVersion>> version(ResourceName name, String versionHash) {
    return pool.preparedQuery(VERSION)
        .execute(of(name).addString(versionHash))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(version(name, rows.iterator().next())));
  }

  @Override
  public Future<List<AuditEntry>> audit(ResourceName name, int skip, int take) {
    DefinitionLog.checkPage(skip, take);
    return pool.preparedQuery(AUDIT)
        .execute(of(name).addLong((long) skip).addLong((long) take))
        .map(rows -> entries(name, rows, take));
  }

  @Override
  public Future<Counts> counts(ResourceName name) {
    return pool.preparedQuery(COUNTS)
        .execute(of(name))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Counts(row.getLong("versions"), row.getLong("changes"));
            });
  }

  @Override
  public Future<Map<ResourceName, String>> current() {
    return pool.preparedQuery(ALL_CURRENT)
        .execute()
        .map(
            rows -> {
              Map<ResourceName, String> current = new HashMap<>();
              for (Row row : rows) {
                current.put(
                    new ResourceName(
                        ResourceKind.valueOf(row.getString("kind")),
                        row.getString("namespace"),
                        row.getString("name")),
                    row.getString("version_hash"));
              }
              return current;
            });
  }

  private static List<AuditEntry> entries(ResourceName name, RowSet<Row> rows, int take) {
    List<Row> newestFirst = new ArrayList<>(rows.size());
    rows.forEach(newestFirst::add);
    List<AuditEntry> entries = new ArrayList<>(take);
    for (int index = 0; index < Math.min(take, newestFirst.size()); index++) {
      Row row = newestFirst.get(index);
      Row previous = index + 1 < newestFirst.size() ? newestFirst.get(index + 1) : null;
      entries.add(
          AuditEntry.of(
              change(name, row),
              DefinitionAction.valueOf(row.getString("action")),
              previous == null ? null : previous.getString("version_hash"),
              previous == null ? null : ExecutionRows.json(previous, "document")));
    }
    return entries;
  }

  private static DefinitionChange change(ResourceName name, Row row) {
    return new DefinitionChange(
        name,
        row.getString("version_hash"),
        ExecutionRows.json(row, "document"),
        row.getString("actor"),
        row.getString("source"),
        Times.micros(row.getOffsetDateTime("at")),
        row.getString("reason"));
  }

  private static DefinitionVersion version(ResourceName name, Row row) {
    DefinitionChange change = change(name, row);
    return new DefinitionVersion(
        name,
        change.versionHash(),
        change.document(),
        change.actor(),
        change.source(),
        change.at());
  }

  private static Tuple of(ResourceName name) {
    return Tuple.of(name.kind().name(), name.namespace(), name.name());
  }
}
