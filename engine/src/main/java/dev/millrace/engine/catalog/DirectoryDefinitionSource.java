package dev.millrace.engine.catalog;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/**
 * Follows a directory of definitions into the catalog: {@code *.yaml *.yml *.json} at any depth,
 * hidden ones left out. Owned by the program; reads and validates on one thread of its own.
 */
public final class DirectoryDefinitionSource implements DefinitionSource {
  private DirectoryDefinitionSource() {}

  /**
   * Makes a source that is not started yet.
   *
   * @param vertx on whose contexts the futures complete
   * @param directory need not exist yet
   */
  public static DirectoryDefinitionSource create(Vertx vertx, Path directory, Catalog catalog) {
    return new DirectoryDefinitionSource();
  }

  @Override
  public Future<Void> start() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Void> stop() {
    throw new UnsupportedOperationException();
  }
}
