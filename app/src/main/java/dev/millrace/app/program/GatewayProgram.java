package dev.millrace.app.program;

import dev.millrace.app.settings.Settings;
import dev.millrace.engine.bus.ExecutionEvents;
import dev.millrace.engine.bus.OrchestratorVerticle;
import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.CatalogSnapshot;
import dev.millrace.engine.catalog.DefinitionRecorder;
import dev.millrace.engine.catalog.PinnedPlans;
import dev.millrace.engine.execution.Admission;
import dev.millrace.engine.execution.CompositeObserver;
import dev.millrace.engine.execution.EngineObserver;
import dev.millrace.engine.execution.EngineServices;
import dev.millrace.engine.execution.ExecutionControl;
import dev.millrace.engine.execution.ExecutionRecovery;
import dev.millrace.engine.execution.Orchestrators;
import dev.millrace.engine.journal.RetainingJournal;
import dev.millrace.engine.task.HttpTaskOptions;
import dev.millrace.engine.task.HttpTaskRunner;
import dev.millrace.engine.task.TaskGuards;
import dev.millrace.gateway.GatewayOptions;
import dev.millrace.gateway.GatewayServices;
import dev.millrace.gateway.GatewayVerticle;
import dev.millrace.gateway.Readiness;
import dev.millrace.gateway.metrics.GatewayMetrics;
import dev.millrace.persistence.Database;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The serving program: all of its parts, how they are put together, started and stopped. Made by
 * the command that serves; its two chains run on Vert.x' contexts.
 */
public final class GatewayProgram {

  private static final Logger LOG = LoggerFactory.getLogger(GatewayProgram.class);

  /** Beyond what executions in flight may take: for closing what is left. */
  private static final Duration CLOSING = Duration.ofSeconds(30);

  private final Settings settings;
  private final Vertx vertx;
  private final int port;
  private final Catalog catalog;
  private final DefinitionPlace definitions;
  private final Storage storage;
  private final Admission admission;
  private final Readiness readiness;
  private final EngineServices engine;
  private final ExecutionControl control;
  private final ExecutionRecovery recovery;
  private final GatewayMetrics metrics;
  private DefinitionRecorder recorder;
  private LoopDeployment gateways;
  private LoopDeployment orchestrators;

  private GatewayProgram(
      Settings settings,
      Vertx vertx,
      int port,
      GatewayMetrics metrics,
      Catalog catalog,
      DefinitionPlace definitions,
      Storage storage) {
    this.settings = settings;
    this.vertx = vertx;
    this.port = port;
    this.metrics = metrics;
    this.catalog = catalog;
    this.definitions = definitions;
    this.storage = storage;
    this.admission = new Admission(settings.executions().maxInFlight());
    this.readiness = new Readiness(admission, storage::isReachable);
    TaskGuards guards = new TaskGuards(vertx);
    HttpTaskOptions options = taskOptions(settings.upstream());
    EngineObserver observer = observer();
    Database database = storage.database();
    this.engine =
        new EngineServices(
            catalog,
            new RetainingJournal(database.journal(), settings.storage().payloads()),
            new PinnedPlans(vertx, database.plans()),
            database.leases(),
            new Orchestrators(),
            observer,
            admission,
            loop -> HttpTaskRunner.create(loop, options, guards, observer::attemptEnded),
            database.durations());
    this.control =
        new ExecutionControl(
            vertx, engine, database.history(), database.signals(), database.claims());
    this.recovery = new ExecutionRecovery(vertx, engine, database.claims());
    database.leases().onLost(engine.orchestrators()::loseAll);
    metrics.watch(catalog, admission, guards::breakerStates);
    catalog.onUpdate(
        snapshot ->
            guards.retain(
                snapshot.tasks().stream().map(task -> task.definition().name()).toList()));
  }

  /**
   * Starts everything; what started is closed again where something fails.
   *
   * @param directory of definitions; null for those of the cluster
   */
  public static Future<GatewayProgram> start(Settings settings, Vertx vertx, Path directory) {
    LOG.atInfo()
        .addKeyValue("native", vertx.isNativeTransportEnabled())
        .addKeyValue("eventLoops", settings.run().eventLoops())
        .log("Starting");
    return FreePort.of(settings.http().host(), settings.http().port())
        .compose(port -> open(settings, vertx, directory, port));
  }

  /** Opens the database while definitions are read and compiled: neither needs the other. */
  private static Future<GatewayProgram> open(
      Settings settings, Vertx vertx, Path directory, int port) {
    GatewayMetrics metrics = GatewayMetrics.create();
    Catalog catalog = new Catalog(settings.definitions().defaultNamespace());
    Future<DefinitionPlace> definitions =
        DefinitionPlace.open(settings.definitions(), vertx, directory, catalog);
    Future<Storage> storage =
        Storage.open(vertx, settings.storage(), new PrometheusJournal(metrics.registry()));
    return Future.all(storage, definitions.compose(DefinitionPlace::start))
        .map(
            opened ->
                new GatewayProgram(
                    settings,
                    vertx,
                    port,
                    metrics,
                    catalog,
                    definitions.result(),
                    storage.result()))
        .compose(GatewayProgram::start)
        .recover(failure -> close(definitions, storage, failure));
  }

  /** The database is waited for: a server of the program's own must not outlive it. */
  private static <T> Future<T> close(
      Future<DefinitionPlace> definitions, Future<Storage> storage, Throwable failure) {
    definitions.onSuccess(DefinitionPlace::stop);
    return storage.compose(Storage::close).transform(closed -> Future.failedFuture(failure));
  }

  private Future<GatewayProgram> start() {
    followDefinitions();
    return deployOrchestrators()
        .compose(deployed -> recovery.start(settings.storage().lease().dividedBy(2)))
        .compose(recovered -> deployGateways())
        .onSuccess(deployed -> logStarted())
        .map(this);
  }

  /**
   * Stops everything: not ready, no new connections, what is in flight ends, the journal is
   * flushed, the rest is closed.
   *
   * @return whether everything in flight could end in time; never fails
   */
  public Future<Boolean> stop() {
    long patience = settings.run().shutdownTimeout().toMillis();
    LOG.atInfo()
        .addKeyValue("inFlight", admission.inFlight())
        .addKeyValue("patienceMs", patience)
        .log("Shutting down");
    readiness.drain();
    recovery.stop();
    recorder.stop();
    Future<Boolean> drained =
        admission
            .drain()
            .timeout(patience, TimeUnit.MILLISECONDS)
            .map(true)
            .otherwise(tooLate -> false);
    return closed(
        gateways
            .undeploy()
            .eventually(() -> drained)
            .eventually(orchestrators::undeploy)
            .eventually(definitions::stop)
            .eventually(storage::close)
            .timeout(patience + CLOSING.toMillis(), TimeUnit.MILLISECONDS)
            .transform(ended -> Future.succeededFuture(ended.succeeded() && drained.result()))
            .onSuccess(clean -> LOG.atInfo().addKeyValue("clean", clean).log("Stopped")));
  }

  /** Bridges out of Vert.x: its own end cannot be told on one of its event loops. */
  private Future<Boolean> closed(Future<Boolean> stopped) {
    Promise<Boolean> end = Promise.promise();
    stopped.onSuccess(clean -> vertx.close().onComplete(ignored -> end.complete(clean)));
    return end.future();
  }

  private void followDefinitions() {
    recorder =
        DefinitionRecorder.follow(
            vertx,
            catalog,
            storage.database().definitions(),
            DefinitionRecorder.Options.of(settings.definitions()::serves, definitions.origins()));
    catalog.onUpdate(engine.plans()::keepAll);
    engine.plans().keepAll(catalog.snapshot());
  }

  private Future<Void> deployOrchestrators() {
    return LoopDeployment.deploy(
            vertx, settings.run().eventLoops(), () -> new OrchestratorVerticle(engine))
        .onSuccess(deployed -> orchestrators = deployed)
        .mapEmpty();
  }

  private Future<Void> deployGateways() {
    GatewayOptions options =
        GatewayOptions.DEFAULT
            .listeningAt(settings.http().host(), port)
            .withMaxBodyBytes(settings.http().maxBodyBytes())
            .withShutdownTimeout(settings.run().shutdownTimeout());
    GatewayServices services =
        new GatewayServices(
            engine,
            storage.database().history(),
            control,
            metrics,
            readiness,
            storage.database().definitions());
    return LoopDeployment.deploy(
            vertx, settings.run().eventLoops(), () -> new GatewayVerticle(options, services))
        .onSuccess(deployed -> gateways = deployed)
        .mapEmpty();
  }

  private EngineObserver observer() {
    EngineObserver measuring = metrics.observer();
    return settings.executions().events()
        ? CompositeObserver.of(List.of(measuring, new ExecutionEvents(vertx)))
        : measuring;
  }

  private static HttpTaskOptions taskOptions(Settings.Upstream upstream) {
    HttpTaskOptions base = HttpTaskOptions.DEFAULT;
    return new HttpTaskOptions(
        upstream.maxConnections(),
        upstream.maxWaiting(),
        base.idleTimeout(),
        upstream.connectTimeout(),
        upstream.maxResponseBytes(),
        base.maxHeaderBytes());
  }

  private void logStarted() {
    LOG.atInfo()
        .addKeyValue("address", address())
        .addKeyValue("workflows", snapshot().workflows().size())
        .addKeyValue("invalid", snapshot().invalidCount())
        .log("Serving");
  }

  /** Where the gateway answers, such as {@code http://127.0.0.1:8080}. */
  public String address() {
    String host = settings.http().host();
    boolean all = host.equals("0.0.0.0") || host.equals("::");
    String shown = all ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
    return "http://" + shown + ":" + port;
  }

  /** What is being served now. */
  public CatalogSnapshot snapshot() {
    return catalog.snapshot();
  }
}
