package dev.millrace.persistence;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Brings the database to the shape that this version needs; blocks, so it runs before the verticles
 * start and never on an event loop.
 *
 * <p>Several gateways may start at once: Flyway holds a lock in the database while it works.
 */
public final class Migrations {
  private Migrations() {}

  /**
   * Applies what is missing.
   *
   * @return how many migrations were applied
   */
  public static int apply(DatabaseUrl url) {
    Flyway flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(url.jdbc(), url.user(), url.password())
            .locations("classpath:dev/millrace/persistence/migration")
            .connectRetries(10)
            .load();
    MigrateResult result = flyway.migrate();
    return result.migrationsExecuted;
  }
}
