package dev.millrace.persistence;

import dev.millrace.engine.journal.ExecutionCursor;
import dev.millrace.engine.journal.ExecutionPage;
import dev.millrace.engine.journal.ExecutionQuery;
import dev.millrace.engine.journal.ExecutionRecord;
import dev.millrace.engine.journal.ExecutionSummary;
import dev.millrace.engine.journal.History;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The history in PostgreSQL; one for the process, called from any event loop, which its futures
 * complete on.
 */
public final class PostgresHistory implements History {
  private static final String FIND =
      "select " + ExecutionRows.COLUMNS + " from execution where id = $1";
  private static final String TASKS =
      "select "
          + ExecutionRows.TASK_COLUMNS
          + " from task_execution where execution_id = $1 order by slot";

  private final Pool pool;

  /** Creates a history that reads through a pool which the caller owns. */
  public PostgresHistory(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Optional<ExecutionRecord>> find(String executionId) {
    UUID id = idOrNull(executionId);
    return id == null
        ? Future.succeededFuture(Optional.empty())
        : find(id).recover(Unavailable::orFault);
  }

  private Future<Optional<ExecutionRecord>> find(UUID id) {
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(id))
        .compose(
            found -> {
              if (found.size() == 0) {
                return Future.succeededFuture(Optional.empty());
              }
              Row execution = found.iterator().next();
              return pool.preparedQuery(TASKS)
                  .execute(Tuple.of(id))
                  .map(
                      tasks ->
                          Optional.of(
                              ExecutionRows.execution(execution, ExecutionRows.tasks(tasks))));
            });
  }

  @Override
  public Future<ExecutionPage> list(ExecutionQuery query) {
    ListStatement page = ListStatement.page(query);
    ListStatement count = ListStatement.count(query);
    return pool.preparedQuery(page.sql())
        .execute(page.parameters())
        .compose(
            rows -> {
              if (isWhole(query, rows)) {
                return Future.succeededFuture(page(query, rows, query.skip() + rows.size()));
              }
              return pool.preparedQuery(count.sql())
                  .execute(count.parameters())
                  .map(counted -> page(query, rows, counted.iterator().next().getLong(0)));
            })
        .recover(Unavailable::orFault);
  }

  /**
   * Whether the page shows the end of the list from its beginning, so that it need not be counted.
   */
  private static boolean isWhole(ExecutionQuery query, RowSet<Row> rows) {
    return query.after() == null
        && rows.size() <= query.take()
        && (query.skip() == 0 || rows.size() > 0);
  }

  /** One row more than the page holds says that there is a next page. */
  private static ExecutionPage page(ExecutionQuery query, RowSet<Row> rows, long counted) {
    List<ExecutionSummary> items = new ArrayList<>(rows.size());
    for (Row row : rows) {
      if (items.size() < query.take()) {
        items.add(ExecutionRows.summary(row));
      }
    }
    ExecutionCursor next =
        rows.size() > query.take() ? ExecutionCursor.after(items.get(items.size() - 1)) : null;
    return new ExecutionPage(items, Math.min(counted, ExecutionPage.MAXIMUM_TOTAL), next);
  }

  /** Null for what is no id in its one form: such an execution cannot be on record. */
  static UUID idOrNull(String executionId) {
    try {
      UUID id = UUID.fromString(executionId);
      return id.toString().equals(executionId) ? id : null;
    } catch (IllegalArgumentException notAnId) {
      return null;
    }
  }
}
