package dev.millrace.gateway.testing;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.DefinitionRecorder;
import dev.millrace.engine.catalog.Origin;
import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.execution.Admission;
import dev.millrace.engine.execution.EngineServices;
import dev.millrace.engine.execution.ExecutionControl;
import dev.millrace.engine.journal.DefinitionLog;
import dev.millrace.engine.journal.InMemoryDefinitionLog;
import dev.millrace.engine.journal.InMemoryJournal;
import dev.millrace.engine.journal.LocalExecutionSignals;
import dev.millrace.engine.task.AttemptListener;
import dev.millrace.engine.task.HttpTaskOptions;
import dev.millrace.engine.task.HttpTaskRunner;
import dev.millrace.engine.task.TaskGuards;
import dev.millrace.engine.validation.ResourceSet;
import dev.millrace.gateway.GatewayOptions;
import dev.millrace.gateway.GatewayServices;
import dev.millrace.gateway.GatewayVerticle;
import dev.millrace.gateway.Readiness;
import dev.millrace.gateway.metrics.GatewayMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A whole gateway with a real engine on a port of this machine; owned by one test class. */
public final class TestGateway implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Catalog catalog = new Catalog("default");
  private final AtomicLong clock = new AtomicLong(1_800_000_000_000_000L);
  private final DefinitionRecorder recorder;
  private final AtomicBoolean reachable = new AtomicBoolean(true);
  private final Admission admission;
  private final Readiness readiness;
  private final GatewayVerticle verticle;
  private final String deployment;

  private TestGateway(GatewayOptions options, int maxInFlight) {
    GatewayMetrics metrics = GatewayMetrics.create();
    TaskGuards guards = new TaskGuards(vertx);
    admission = new Admission(maxInFlight);
    metrics.watch(catalog, admission, guards::breakerStates);
    InMemoryJournal journal = new InMemoryJournal(1_000, 1 << 24);
    AttemptListener listener = metrics.observer()::attemptEnded;
    EngineServices engine =
        EngineServices.alone(
            vertx,
            catalog,
            journal,
            metrics.observer(),
            admission,
            loop ->
                HttpTaskRunner.create(
                    loop, HttpTaskOptions.DEFAULT.withMaxResponseBytes(1 << 20), guards, listener),
            journal);
    DefinitionLog log = new InMemoryDefinitionLog(100);
    recorder =
        DefinitionRecorder.follow(
            vertx,
            catalog,
            log,
            DefinitionRecorder.Options.of(namespace -> true, Origin.always(Origin.DIRECTORY))
                .withClock(clock::incrementAndGet));
    readiness = new Readiness(admission, reachable::get);
    ExecutionControl control =
        new ExecutionControl(vertx, engine, journal, new LocalExecutionSignals(journal), journal);
    verticle =
        new GatewayVerticle(
            options.listeningAt("127.0.0.1", 0),
            new GatewayServices(engine, journal, control, metrics, readiness, log));
    deployment = await(vertx.deployVerticle(verticle));
  }

  /** A gateway without definitions. */
  public static TestGateway start() {
    return start(GatewayOptions.DEFAULT);
  }

  /** A gateway without definitions; the options' address is ignored. */
  public static TestGateway start(GatewayOptions options) {
    return new TestGateway(options, 1_000);
  }

  /** A gateway that takes few executions at once. */
  public static TestGateway withRoomFor(int executions) {
    return new TestGateway(GatewayOptions.DEFAULT, executions);
  }

  /** Serves the definitions of a text. */
  public TestGateway serve(String yaml) {
    ReadResult read = ResourceReader.read("test.yaml", yaml, catalog.defaultNamespace());
    catalog.update(new ResourceSet(read.resources(), read.problems()));
    await(recorder.flush());
    return this;
  }

  /** Serves a resource of the test class path, with the port of an upstream in it. */
  public TestGateway serveResource(String name, int upstreamPort) {
    try (InputStream stream = TestGateway.class.getClassLoader().getResourceAsStream(name)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return serve(text.replace("$PORT", Integer.toString(upstreamPort)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says whether the database answers. */
  public void setReachable(boolean value) {
    reachable.set(value);
  }

  /** A client of this gateway. */
  public TestClient client() {
    return new TestClient(verticle.port());
  }

  /** A raw connection to this gateway. */
  public RawConnection connect() throws IOException {
    return RawConnection.to(verticle.port());
  }

  /** Where it listens. */
  public int port() {
    return verticle.port();
  }

  /** What is being served. */
  public Catalog catalog() {
    return catalog;
  }

  /** The door of executions. */
  public Admission admission() {
    return admission;
  }

  /** What probes are told. */
  public Readiness readiness() {
    return readiness;
  }

  /** Shuts the gateway down, not waiting for it. */
  public Future<Void> shutDown() {
    return vertx.undeploy(deployment);
  }

  /** Waits for a future, for so long. */
  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
