package dev.millrace.persistence;

import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Rows turned into the array parameters that {@code unnest} takes, one a column. Made by {@link
 * FactBatch} for one statement. The first letters of a pattern say what its columns are: {@code u}
 * uuid, {@code t} text, {@code n} small number, {@code f} flag, {@code @} time.
 */
final class Columns {
  private final String pattern;
  private final Object[][] columns;
  private int row;
  private int column;

  Columns(String pattern, int rows) {
    this.pattern = pattern;
    this.columns = new Object[pattern.length()][];
    for (int index = 0; index < columns.length; index++) {
      columns[index] =
          switch (pattern.charAt(index)) {
            case 'u' -> new UUID[rows];
            case 't' -> new String[rows];
            case 'n' -> new Short[rows];
            case 'f' -> new Boolean[rows];
            case '@' -> new OffsetDateTime[rows];
            default -> throw new IllegalArgumentException("no such column in " + pattern);
          };
    }
  }

  Columns uuid(UUID value) {
    columns[column++][row] = value;
    return this;
  }

  Columns text(String value) {
    columns[column++][row] = value;
    return this;
  }

  Columns number(int value) {
    columns[column++][row] = (short) value;
    return this;
  }

  Columns flag(boolean value) {
    columns[column++][row] = value;
    return this;
  }

  /** Epoch microseconds, 0 for none. */
  Columns time(long value) {
    columns[column++][row] = Times.column(value);
    return this;
  }

  void nextRow() {
    if (column != columns.length) {
      throw new IllegalStateException("a row has " + column + " of " + pattern);
    }
    column = 0;
    row++;
  }

  void addTo(Tuple parameters) {
    for (Object[] values : columns) {
      parameters.addValue(values);
    }
  }
}
