package dev.millrace.gateway;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.execution.EngineServices;
import dev.millrace.engine.execution.Orchestrator;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.gateway.api.ControlHandler;
import dev.millrace.gateway.api.DryRunHandler;
import dev.millrace.gateway.api.ExecuteHandler;
import dev.millrace.gateway.api.ExecutionsHandler;
import dev.millrace.gateway.api.HealthHandler;
import dev.millrace.gateway.api.RunHandler;
import dev.millrace.gateway.api.TasksHandler;
import dev.millrace.gateway.api.ValidateHandler;
import dev.millrace.gateway.api.VersionsHandler;
import dev.millrace.gateway.api.WorkflowsHandler;
import dev.millrace.gateway.assets.AssetHandler;
import dev.millrace.gateway.http.Answer;
import dev.millrace.gateway.http.BackgroundWork;
import dev.millrace.gateway.http.ConnectionWatch;
import dev.millrace.gateway.http.InvalidRequestHandler;
import dev.millrace.gateway.http.RequestHandler;
import dev.millrace.gateway.http.RouteClass;
import dev.millrace.gateway.http.Routes;
import dev.millrace.gateway.metrics.MetricsHandler;
import dev.millrace.gateway.openapi.OpenApiHandler;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.TimeUnit;

/**
 * Listens to HTTP on one event loop and calls the engine on the same loop; deployed by the program,
 * once per event loop, all instances sharing one port. It owns its server and its orchestrator.
 */
public final class GatewayVerticle extends VerticleBase {
  private final GatewayOptions options;
  private final GatewayServices services;
  private Orchestrator orchestrator;
  private ConnectionWatch connections;
  private BackgroundWork work;
  private HttpServer server;

  public GatewayVerticle(GatewayOptions options, GatewayServices services) {
    this.options = options;
    this.services = services;
  }

  @Override
  public Future<?> start() {
    orchestrator = services.engine().newOrchestrator(vertx);
    work = new BackgroundWork(vertx);
    connections = new ConnectionWatch(vertx, options.limits());
    connections.start();
    server =
        vertx
            .createHttpServer(options.serverOptions())
            .connectionHandler(connections::opened)
            .invalidRequestHandler(
                new InvalidRequestHandler(
                    options.maxLineBytes(),
                    options.maxHeaderBytes(),
                    services.metrics().requests()))
            .requestHandler(
                new RequestHandler(
                    vertx,
                    options.limits(),
                    routes(),
                    new RunHandler(orchestrator, services.engine().catalog()),
                    services.metrics().requests(),
                    connections));
    return server.listen();
  }

  /** Not ready, then no new connections, then what is in flight ends, then the rest is given up. */
  @Override
  public Future<?> stop() {
    services.readiness().drain();
    return server
        .shutdown(options.shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(
            ignored -> {
              connections.stop();
              work.close();
              orchestrator.close();
            });
  }

  /** The port that this verticle listens at, once it is deployed. */
  public int port() {
    return server.actualPort();
  }

  private Routes routes() {
    EngineServices engine = services.engine();
    Catalog catalog = engine.catalog();
    WorkflowsHandler workflows = new WorkflowsHandler(work, engine);
    TasksHandler tasks = new TasksHandler(work, catalog);
    ExecutionsHandler executions = new ExecutionsHandler(work, engine, services.history());
    VersionsHandler versions =
        new VersionsHandler(work, catalog, services.definitions(), ResourceKind.Workflow);
    VersionsHandler taskVersions =
        new VersionsHandler(work, catalog, services.definitions(), ResourceKind.WorkflowTask);
    ControlHandler control = new ControlHandler(services.control());
    OpenApiHandler openApi = new OpenApiHandler(work, catalog);
    HealthHandler health = new HealthHandler(services.readiness());
    AssetHandler docs = AssetHandler.docs(work);
    AssetHandler ui = AssetHandler.ui(work);
    String workflow = "/api/v1/workflows/{name}";
    return new Routes()
        .post(workflow + "/execute", RouteClass.EXECUTE, new ExecuteHandler(orchestrator))
        .post(workflow + "/test", RouteClass.TEST, new DryRunHandler(work, engine))
        .get("/api/v1/workflows", RouteClass.WORKFLOWS, workflows::list)
        .get(workflow, RouteClass.WORKFLOWS, workflows::one)
        .get(workflow + "/openapi.json", RouteClass.OPENAPI, openApi::one)
        .get(workflow + "/executions", RouteClass.EXECUTIONS, executions::list)
        .get("/api/v1/executions/{id}", RouteClass.EXECUTIONS, executions::one)
        .get("/api/v1/executions/{id}/trace", RouteClass.EXECUTIONS, executions::trace)
        .post("/api/v1/executions/{id}/pause", RouteClass.EXECUTIONS, control::pause)
        .post("/api/v1/executions/{id}/resume", RouteClass.EXECUTIONS, control::resume)
        .post("/api/v1/executions/{id}/cancel", RouteClass.EXECUTIONS, control::cancel)
        .get("/api/v1/tasks", RouteClass.TASKS, tasks::list)
        .get("/api/v1/tasks/{name}", RouteClass.TASKS, tasks::one)
        .post("/api/v1/validate", RouteClass.VALIDATE, new ValidateHandler(work, catalog))
        .get("/openapi.json", RouteClass.OPENAPI, openApi::whole)
        .get("/docs/*", RouteClass.DOCS, docs)
        .get("/ui/*", RouteClass.UI, ui)
        .get("/health/live", RouteClass.HEALTH, health::live)
        .get("/health/ready", RouteClass.HEALTH, health::ready)
        .get(
            "/metrics",
            RouteClass.METRICS,
            new MetricsHandler(vertx, services.metrics().registry()))
        .get(workflow + "/versions", RouteClass.WORKFLOWS, versions::list)
        .get(workflow + "/versions/{hash}", RouteClass.WORKFLOWS, versions::one)
        .get(workflow + "/audit-log", RouteClass.WORKFLOWS, versions::audit)
        .get("/api/v1/tasks/{name}/versions", RouteClass.TASKS, taskVersions::list)
        .get("/api/v1/tasks/{name}/versions/{hash}", RouteClass.TASKS, taskVersions::one)
        .get("/api/v1/tasks/{name}/audit-log", RouteClass.TASKS, taskVersions::audit)
        .get("/", RouteClass.OTHER, exchange -> Answer.redirect("docs/").future());
  }
}
