package dev.millrace.app.program;

import dev.millrace.app.settings.Settings;
import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.DefinitionSource;
import dev.millrace.engine.catalog.DirectoryDefinitionSource;
import dev.millrace.engine.catalog.Origin;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.operator.Cluster;
import dev.millrace.operator.cluster.ClusterDefinitionSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Where the gateway's definitions come from: a directory, or a cluster; made by the gateway's
 * program.
 *
 * @param origins who changed a definition last
 * @param afterwards closes what the source needed
 */
record DefinitionPlace(
    DefinitionSource source, Function<ResourceName, Origin> origins, Runnable afterwards) {

  /**
   * The place that the settings name, not started yet.
   *
   * @param directory of definitions; null for the cluster's
   */
  static Future<DefinitionPlace> open(
      Settings.Definitions settings, Vertx vertx, Path directory, Catalog catalog) {
    if (directory != null) {
      return Future.succeededFuture(
          new DefinitionPlace(
              DirectoryDefinitionSource.create(vertx, directory, catalog, settings::serves),
              name -> Origin.DIRECTORY,
              () -> {}));
    }
    return vertx
        .executeBlocking(Cluster::connect)
        .map(
            cluster -> {
              ClusterDefinitionSource source =
                  cluster.definitions(vertx, catalog, settings.namespaces());
              return new DefinitionPlace(source, source::originOf, cluster::close);
            });
  }

  Future<Void> start() {
    return source.start();
  }

  Future<Void> stop() {
    return source.stop().onComplete(stopped -> afterwards.run());
  }
}
