package dev.millrace.gateway.route;

import dev.millrace.engine.catalog.CatalogEntry;
import dev.millrace.engine.catalog.CatalogSnapshot;
import dev.millrace.engine.definition.RouteSpec;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.gateway.http.MethodTable;
import dev.millrace.gateway.http.PathPattern;
import dev.millrace.gateway.http.PathTable;
import dev.millrace.gateway.http.RequestPath;
import io.vertx.core.http.HttpMethod;

/**
 * The routes of all workflows of the default namespace at one moment; compiled once per snapshot of
 * the catalog, immutable.
 *
 * <p>What is being served comes first: a definition that is not ready and has never been takes a
 * route only where nobody else has it, so that its callers are told what is wrong with it.
 */
public final class RouteTable {
  private final PathTable<MethodTable<RouteBinding>> table;

  private RouteTable(PathTable<MethodTable<RouteBinding>> table) {
    this.table = table;
  }

  /** Compiles the routes of a snapshot. */
  public static RouteTable of(CatalogSnapshot snapshot, String namespace) {
    PathTable.Builder<MethodTable<RouteBinding>> builder = new PathTable.Builder<>();
    for (CatalogEntry entry : snapshot.workflows(namespace)) {
      if (entry.plan() != null) {
        add(builder, entry.plan().workflow());
      }
    }
    for (CatalogEntry entry : snapshot.workflows(namespace)) {
      if (entry.plan() == null) {
        add(builder, entry.workflow());
      }
    }
    return new RouteTable(builder.build());
  }

  /** Finds the workflows behind a path below {@code /run}; null where there are none. */
  public PathTable.Match<MethodTable<RouteBinding>> match(RequestPath path) {
    return table.match(path, 1);
  }

  private static void add(PathTable.Builder<MethodTable<RouteBinding>> builder, Workflow workflow) {
    RouteSpec route = workflow.route();
    if (route == null || route.path() == null || !route.path().startsWith("/")) {
      return;
    }
    PathPattern pattern = PathPattern.parse(route.path());
    HttpMethod method = HttpMethod.valueOf(route.method().name());
    RouteBinding binding =
        new RouteBinding(
            workflow.name().namespace(),
            workflow.name().name(),
            pattern,
            route.method().takesBody(),
            ParameterConversion.of(workflow.inputSchema()));
    MethodTable<RouteBinding> methods = builder.get(pattern);
    if (methods == null) {
      builder.put(pattern, MethodTable.of(method, binding));
    } else if (!methods.has(method)) {
      builder.put(pattern, methods.and(method, binding));
    }
  }
}
