package dev.millrace.persistence;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the database to the shape that this version needs; blocks, so it runs before the verticles
 * start and never on an event loop.
 *
 * <p>Several gateways may start at once: Flyway holds a lock in the database while it works.
 */
public final class Migrations {
  private static final Logger log = LoggerFactory.getLogger(Migrations.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration NEWS_PERIOD = Duration.ofSeconds(5);

  private Migrations() {}

  /**
   * Applies what is missing; waits a minute for a server that cannot be reached yet, and says every
   * few seconds that it does.
   *
   * @throws IllegalStateException when there is no server, or when it lets nobody in by this URL
   * @return how many migrations were applied
   */
  public static int apply(DatabaseUrl url) {
    awaitServer(url);
    Flyway flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(url.jdbc(), url.user(), url.password())
            .locations("classpath:dev/millrace/persistence/migration")
            .load();
    MigrateResult result = flyway.migrate();
    return result.migrationsExecuted;
  }

  private static void awaitServer(DatabaseUrl url) {
    long began = System.nanoTime();
    long toldAt = began;
    while (true) {
      try {
        DriverManager.getConnection(url.jdbc(), url.user(), url.password()).close();
        return;
      } catch (SQLException failure) {
        if (isRefusal(failure)) {
          throw new IllegalStateException(
              "the database "
                  + url
                  + " refuses the connection; check user, password and name in MILLRACE_DATABASE_URL: "
                  + failure.getMessage(),
              failure);
        }
        long now = System.nanoTime();
        if (now - began > PATIENCE.toNanos()) {
          throw new IllegalStateException(
              "the database " + url + " cannot be reached: " + failure.getMessage(), failure);
        }
        if (now - toldAt > NEWS_PERIOD.toNanos()) {
          toldAt = now;
          log.atWarn()
              .addKeyValue("database", url)
              .addKeyValue("cause", failure.getMessage())
              .addKeyValue("givesUpAfterSeconds", PATIENCE.toSeconds())
              .log("The database cannot be reached yet and is tried again");
        }
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /**
   * Classes 28, invalid authorization, and 3D, no such database: it would be the same the next
   * time. The driver says 08004 where the server wants a password that is not given.
   */
  private static boolean isRefusal(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith("28") || state.startsWith("3D") || state.equals("08004");
  }
}
