package dev.millrace.persistence;

import dev.millrace.engine.journal.ExecutionPage;
import dev.millrace.engine.journal.ExecutionQuery;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;

/**
 * The statement of an execution list: its text depends only on which filters are given, so that few
 * statements are prepared, and planned. Used by {@link PostgresHistory} for one query.
 *
 * <p>A range of time is also given as a range of ids, by which whole partitions are left out. An id
 * and a start may lie apart where the clock was set: hence a day of slack at both ends.
 */
record ListStatement(String sql, Tuple parameters) {
  private static final long SLACK_MICROS = TimeUnit.DAYS.toMicros(1);

  /**
   * One row more than asked for, which tells whether there is a next page. What is left out by
   * counting is counted in the index alone, and only the page's own rows are read.
   */
  static ListStatement page(ExecutionQuery query) {
    Tuple parameters = Tuple.tuple();
    StringBuilder sql = new StringBuilder();
    boolean skips = query.skip() > 0;
    sql.append("select ")
        .append(skips ? "id as page_id" : ExecutionRows.SUMMARY_COLUMNS)
        .append(" from execution");
    appendFilters(sql, parameters, query);
    if (query.after() != null) {
      appendAfter(sql, parameters, query);
    }
    sql.append(" order by started_at desc, id desc limit ")
        .append(parameter(parameters, query.take() + 1));
    if (skips) {
      sql.append(" offset ")
          .append(parameter(parameters, query.skip()))
          .insert(0, "select " + ExecutionRows.SUMMARY_COLUMNS + " from (")
          .append(") as page join execution on execution.id = page.page_id")
          .append(" order by started_at desc, execution.id desc");
    }
    return new ListStatement(sql.toString(), parameters);
  }

  /** Counts, but no further than {@link ExecutionPage#MAXIMUM_TOTAL}. */
  static ListStatement count(ExecutionQuery query) {
    Tuple parameters = Tuple.tuple();
    StringBuilder sql = new StringBuilder("select count(*) from (select 1 from execution");
    appendFilters(sql, parameters, query);
    sql.append(" limit ").append(ExecutionPage.MAXIMUM_TOTAL).append(") as counted");
    return new ListStatement(sql.toString(), parameters);
  }

  private static void appendFilters(StringBuilder sql, Tuple parameters, ExecutionQuery query) {
    sql.append(" where namespace = ")
        .append(parameter(parameters, query.namespace()))
        .append(" and workflow = ")
        .append(parameter(parameters, query.workflow()));
    if (query.status() != null) {
      sql.append(" and status = ").append(parameter(parameters, query.status().name()));
    }
    if (query.from() > 0) {
      long from = Times.bounded(query.from());
      sql.append(" and started_at >= ")
          .append(parameter(parameters, Times.moment(from)))
          .append(" and id >= ")
          .append(parameter(parameters, Times.firstId(from - SLACK_MICROS)));
    }
    if (query.to() != Long.MAX_VALUE) {
      long to = Times.bounded(query.to());
      sql.append(" and started_at < ")
          .append(parameter(parameters, Times.moment(to)))
          .append(" and id < ")
          .append(parameter(parameters, Times.firstId(to + SLACK_MICROS)));
    }
  }

  private static void appendAfter(StringBuilder sql, Tuple parameters, ExecutionQuery query) {
    long startedAt = Times.bounded(query.after().startedAt());
    sql.append(" and (started_at, id) < (")
        .append(parameter(parameters, Times.moment(startedAt)))
        .append(", ")
        .append(parameter(parameters, PostgresHistory.idOrNull(query.after().executionId())))
        .append(") and id < ")
        .append(parameter(parameters, Times.firstId(startedAt + SLACK_MICROS)));
  }

  private static String parameter(Tuple parameters, Object value) {
    parameters.addValue(value);
    return "$" + parameters.size();
  }
}
