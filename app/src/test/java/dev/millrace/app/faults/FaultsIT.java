package dev.millrace.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Real gateways on one real PostgreSQL under load, while both are killed again and again. {@code
 * -Dmillrace.faults.minutes=10} makes it long ({@code perf/faults}), {@code
 * -Dmillrace.faults.seed=N} repeats the faults and the load of an earlier run.
 */
class FaultsIT {
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int CALLERS = 16;
  private static final int SAMPLE = 50;

  private final long seed = Long.getLong("millrace.faults.seed", System.nanoTime() % 1_000_000L);
  private final int minutes = Integer.getInteger("millrace.faults.minutes", 0);
  private final int number = minutes == 0 ? 2 : 3;
  private final Path directory = Path.of("target", "faults").toAbsolutePath();

  /** One event loop: upstream and callers see one order of things. */
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

  private final Upstream upstream = new Upstream(new Dice(seed));
  private final List<Gateway> gateways = new ArrayList<>();
  private DatabaseServer database;
  private Faults faults;
  private GatewayClient client;

  @BeforeEach
  void start() throws Exception {
    System.out.println("faults: seed " + seed);
    settled(vertx.deployVerticle(upstream));
    Files.createDirectories(directory);
    Path definitions = directory.resolve("definitions");
    Definitions.write(definitions, upstream.port());
    Path log = directory.resolve("postgresql.log");
    database = DatabaseServer.create(directory.resolve("database"), log, freePort(), "faults");
    for (int gateway = 0; gateway < number; gateway++) {
      Path file = directory.resolve("gateway-" + gateway + ".log");
      Files.deleteIfExists(file);
      gateways.add(new Gateway(gateway, freePort(), database.url(), LEASE, definitions, file));
    }
    client = new GatewayClient(vertx, gateways.stream().map(Gateway::port).toList());
    faults = new Faults(database, gateways);
    database.launch();
    await().atMost(PATIENCE).until(database::answers);
    faults.start();
    for (Gateway gateway : gateways) {
      await().atMost(PATIENCE).ignoreExceptions().until(() -> isReady(gateway.number()));
    }
  }

  @AfterEach
  void stop() throws Exception {
    if (faults != null) {
      faults.close();
    }
    settled(vertx.close());
  }

  @Test
  void everythingAcceptedEndsOnceWhateverDies() throws Exception {
    DatabaseRecords records = new DatabaseRecords(database);
    records.watch();
    FaultPlan plan =
        minutes == 0
            ? FaultPlan.shortForm(seed, LEASE)
            : FaultPlan.longForm(seed, Duration.ofMinutes(minutes), number, LEASE);
    Load load = new Load(vertx, client, new Dice(seed));
    Controls controls = new Controls(vertx, client, new Dice(seed));
    upstream.onEffect(controls::onEffect);

    load.start(CALLERS);
    settled(faults.begin(plan), plan.length().plus(PATIENCE));
    settled(vertx.timer(LEASE.toMillis()));
    List<Answer> answers = settled(load.stop());
    upstream.onEffect(nobody -> {});
    await("every execution to end")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .ignoreExceptions()
        .until(() -> hasEnded(records, controls));

    List<Incident> incidents = new ArrayList<>(faults.incidents());
    for (Gateway gateway : gateways) {
      incidents.addAll(GatewayLog.incidents(gateway.number(), gateway.log()));
    }
    List<Call> calls = onLoop(() -> upstream.log().calls());
    Verdict verdict = Verdict.of(new Evidence(calls, answers, records.executions(), incidents));
    System.out.println("faults: seed " + seed + ", controls " + controls.accepted());
    System.out.println("faults: " + verdict.describe());
    assertThat(verdict.violations()).as("seed %d: %s", seed, verdict.describe()).isEmpty();
    assertThat(verdict.statuses()).as("too little happened").containsKeys("Succeeded", "Failed");
    assertThat(verdict.takeovers()).as("nothing was taken over").isPositive();
    assertThat(controls.accepted()).as("nothing was paused or cancelled").isPositive();
    assertTheGatewaysTellTheSame(verdict);
  }

  /** What is still paused is resumed: without it, it would rightly never end. */
  private boolean hasEnded(DatabaseRecords records, Controls controls) throws Exception {
    List<String> paused = records.withStatus("Paused");
    onLoop(
        () -> {
          paused.forEach(id -> controls.request(id, "resume"));
          return null;
        });
    return paused.isEmpty() && records.withStatus("Running").isEmpty();
  }

  private void assertTheGatewaysTellTheSame(Verdict verdict) throws Exception {
    List<Execution> sample =
        verdict.evidence().executions().values().stream().limit(SAMPLE).toList();
    for (Gateway gateway : gateways) {
      await().atMost(PATIENCE).ignoreExceptions().until(() -> isReady(gateway.number()));
      for (Shape shape : Shape.ALL) {
        String path = "/api/v1/workflows/" + shape.name() + "/executions?status=Running";
        assertThat(settled(client.get(gateway.number(), path)).body().getInteger("total")).isZero();
      }
      for (Execution execution : sample) {
        GatewayClient.Reply reply =
            settled(client.get(gateway.number(), "/api/v1/executions/" + execution.id()));
        assertThat(reply.body().getString("status")).isEqualTo(execution.status());
        assertThat(reply.body().getJsonObject("output") == null)
            .isEqualTo(execution.output() == null);
      }
    }
  }

  private boolean isReady(int gateway) throws Exception {
    return settled(client.get(gateway, "/health/ready")).status() == 200;
  }

  private <T> T onLoop(Callable<T> reading) throws Exception {
    return settled(
        vertx
            .timer(1)
            .compose(
                tick -> {
                  try {
                    return Future.succeededFuture(reading.call());
                  } catch (Exception failure) {
                    return Future.failedFuture(failure);
                  }
                }));
  }

  private static <T> T settled(Future<T> future) throws Exception {
    return settled(future, PATIENCE);
  }

  private static <T> T settled(Future<T> future, Duration limit) throws Exception {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
