package dev.millrace.gateway.openapi;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.CatalogEntry;
import dev.millrace.engine.catalog.CatalogSnapshot;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.gateway.http.Answer;
import dev.millrace.gateway.http.BackgroundWork;
import dev.millrace.gateway.http.Exchange;
import io.vertx.core.Future;

/**
 * Answers {@code GET /openapi.json} and {@code GET /api/v1/workflows/{name}/openapi.json}; owned by
 * the gateway verticle, lives on its event loop, and makes documents on a worker thread. The whole
 * document of the default namespace is kept until the catalog changes.
 */
public final class OpenApiHandler {
  private final BackgroundWork work;
  private final Catalog catalog;
  private CatalogSnapshot described;
  private Answer whole;

  public OpenApiHandler(BackgroundWork work, Catalog catalog) {
    this.work = work;
    this.catalog = catalog;
  }

  /** The whole API. */
  public Future<Answer> whole(Exchange exchange) {
    String namespace = namespace(exchange);
    CatalogSnapshot snapshot = catalog.snapshot();
    if (!namespace.equals(catalog.defaultNamespace())) {
      return make(snapshot, namespace);
    }
    if (described == snapshot) {
      return whole.future();
    }
    return make(snapshot, namespace)
        .onSuccess(
            answer -> {
              whole = answer;
              described = snapshot;
            });
  }

  /** The operations of one workflow. */
  public Future<Answer> one(Exchange exchange) {
    String namespace = namespace(exchange);
    String name = exchange.pathValue("name");
    CatalogEntry entry = catalog.snapshot().workflow(namespace, name);
    if (entry == null) {
      throw Failure.of(
              ErrorCode.UnknownWorkflow, "There is no such workflow in namespace " + namespace)
          .exception();
    }
    if (entry.plan() == null) {
      throw Failure.of(
              ErrorCode.WorkflowNotReady,
              "The workflow has no operations to describe until its problems are mended")
          .withProblems(entry.problems())
          .exception();
    }
    return work.run(
        () -> Answer.json(Json.toBuffer(OpenApiDocument.one(entry, catalog.defaultNamespace()))));
  }

  private Future<Answer> make(CatalogSnapshot snapshot, String namespace) {
    return work.run(
        () ->
            Answer.json(
                Json.toBuffer(
                    OpenApiDocument.whole(snapshot, namespace, catalog.defaultNamespace()))));
  }

  private String namespace(Exchange exchange) {
    exchange.query().allowOnly("namespace");
    String namespace = exchange.query().value("namespace");
    return namespace == null ? catalog.defaultNamespace() : namespace;
  }
}
