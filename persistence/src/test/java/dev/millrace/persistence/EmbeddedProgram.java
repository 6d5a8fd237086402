package dev.millrace.persistence;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program with an embedded database that tests start in a JVM of its own, and kill. */
final class EmbeddedProgram {
  private EmbeddedProgram() {}

  public static void main(String[] arguments) throws Exception {
    EmbeddedDatabase database =
        EmbeddedDatabase.start(Path.of(arguments[0]), Path.of(arguments[1]));
    TestDatabase.executeIn(database.url(), "create table kept (number int)");
    TestDatabase.executeIn(database.url(), "insert into kept values (42)");
    System.out.println("ready");
    new CountDownLatch(1).await();
  }
}
