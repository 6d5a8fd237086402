package dev.millrace.persistence;

import static dev.millrace.persistence.Futures.await;
import static dev.millrace.persistence.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.journal.ClaimedExecution;
import dev.millrace.engine.journal.ControlRequest;
import dev.millrace.engine.journal.ExecutionLostException;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.TaskRecord;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimsIT {
  private static final DatabaseOptions OPTIONS =
      DatabaseOptions.DEFAULT.withLease(Duration.ofSeconds(30));

  private final Vertx vertx = Vertx.vertx();
  private final List<Database> gateways = new ArrayList<>();
  private DatabaseUrl url;

  @BeforeEach
  void prepare() throws Exception {
    url = TestDatabase.fresh();
  }

  @AfterEach
  void close() throws Exception {
    for (Database gateway : gateways) {
      await(gateway.close());
    }
    await(vertx.close());
  }

  private Database gateway() throws Exception {
    return gateway(OPTIONS.lease());
  }

  private Database gateway(Duration lease) throws Exception {
    Database gateway = await(Database.open(vertx, url, OPTIONS.withLease(lease)));
    gateways.add(gateway);
    return gateway;
  }

  /** As if the gateway had been silent for longer than its lease. */
  private void expire(Database gateway) throws Exception {
    TestDatabase.executeIn(
        url, "delete from lease where gateway_id = '" + gateway.leases().owner() + "'");
  }

  @Test
  void eachOrphanIsClaimedOnceByRacingGateways() throws Exception {
    Database dead = gateway();
    List<Future<Void>> commits = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      String id = Facts.id();
      commits.add(dead.journal().append(Facts.started(id)));
      commits.add(dead.journal().append(Facts.task(id, 1)));
      commits.add(dead.journal().append(Facts.task(id, 0)));
    }
    String finished = Facts.id();
    commits.add(dead.journal().append(Facts.started(finished)));
    commits.add(dead.journal().append(Facts.ended(finished)));
    await(Future.all(commits));
    Database first = gateway();
    Database second = gateway();
    assertThat(await(first.claims().claimOrphans(10))).isEmpty();
    expire(dead);

    List<Future<List<ClaimedExecution>>> claims = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      claims.add(first.claims().claimOrphans(17));
      claims.add(second.claims().claimOrphans(17));
    }
    await(Future.all(claims));

    List<ClaimedExecution> claimed = new ArrayList<>();
    claims.forEach(claim -> claimed.addAll(claim.result()));
    assertThat(claimed)
        .hasSize(120)
        .extracting(claim -> claim.execution().summary().executionId())
        .doesNotHaveDuplicates()
        .doesNotContain(finished);
    assertThat(claimed)
        .allSatisfy(
            claim -> {
              assertThat(claim.execution().planHash()).isEqualTo("sha256:plan");
              assertThat(claim.requested()).isNull();
              assertThat(claim.execution().tasks())
                  .extracting(task -> task.slot())
                  .containsExactly(0, 1);
            });
    assertThatThrownBy(() -> first.claims().claimOrphans(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLeaseThatRanOutIsEndedByWhoClaims() throws Exception {
    Database dead = gateway();
    String id = Facts.id();
    await(dead.journal().append(Facts.started(id)));
    Database other = gateway(Duration.ofMillis(300));
    UUID former = dead.leases().owner();
    TestDatabase.executeIn(
        url,
        "update lease set expires_at = now() - interval '1 second' where gateway_id = '"
            + former
            + "'");

    // leases are judged once this gateway has held its own for the length of one
    List<ClaimedExecution> claimed = new ArrayList<>();
    await()
        .until(() -> claimed.addAll(await(other.claims().claimOrphans(10))) || !claimed.isEmpty());

    assertThat(claimed).hasSize(1);
    await(dead.leases().beat());
    assertThat(dead.leases().owner()).isNotEqualTo(former);
    assertThat(dead.leases().isHeld()).isTrue();
  }

  @Test
  void noLeaseIsEndedByAGatewayThatHadNoDatabaseItself() throws Exception {
    Duration lease = Duration.ofSeconds(3);
    Database alive = gateway();
    String id = Facts.id();
    await(alive.journal().append(Facts.started(id)));
    FlakyProxy proxy = await(FlakyProxy.start(vertx, url));
    Database other =
        await(Database.open(vertx, proxy.url(), DatabaseOptions.DEFAULT.withLease(lease)));
    gateways.add(other);
    await().until(() -> other.leases().isSteady());
    TestDatabase.executeIn(
        url,
        "update lease set expires_at = now() - interval '1 second' where gateway_id = '"
            + alive.leases().owner()
            + "'");

    proxy.goAway();
    await(other.leases().beat());
    proxy.comeBack();
    await(other.leases().beat());

    assertThat(other.leases().isHeld()).isTrue();
    assertThat(await(other.claims().claimOrphans(10))).isEmpty();
    await().until(() -> other.leases().isSteady());
    assertThat(await(other.claims().claimOrphans(10))).hasSize(1);
  }

  @Test
  void aLeaseThatRanOutUnnoticedIsRenewed() throws Exception {
    Database slow = gateway();
    UUID owner = slow.leases().owner();
    TestDatabase.executeIn(url, "update lease set expires_at = now() - interval '1 second'");

    await(slow.leases().beat());

    assertThat(slow.leases().owner()).isEqualTo(owner);
    assertThat(slow.leases().isHeld()).isTrue();
  }

  @Test
  void aGatewayThatLostItsLeaseCannotWriteWhatAnotherClaimed() throws Exception {
    Database zombie = gateway();
    Database other = gateway();
    String id = Facts.id();
    String kept = Facts.id();
    await(zombie.journal().append(Facts.started(id)));
    await(other.journal().append(Facts.started(kept)));
    expire(zombie);
    assertThat(await(other.claims().claimOrphans(10))).hasSize(1);

    Future<Void> task = zombie.journal().append(Facts.task(id, 0));
    Future<Void> end = zombie.journal().append(Facts.ended(id));
    Future<Void> fresh = zombie.journal().append(Facts.started(Facts.id()));
    assertThat(failureOf(task))
        .isInstanceOfSatisfying(
            ExecutionLostException.class, lost -> assertThat(lost.executionId()).isEqualTo(id));
    assertThat(failureOf(end)).isInstanceOf(ExecutionLostException.class);
    await(fresh);
    assertThat(await(other.history().find(id)).orElseThrow())
        .satisfies(
            found -> {
              assertThat(found.tasks()).isEmpty();
              assertThat(found.summary().status()).isEqualTo(ExecutionStatus.Running);
            });

    await(other.journal().append(Facts.task(id, 0)));
    await(other.journal().append(Facts.ended(id)));
    assertThat(await(other.history().find(id)).orElseThrow().tasks()).hasSize(1);
  }

  @Test
  void anExecutionThatIsNotThereIsLost() throws Exception {
    Database gateway = gateway();

    assertThat(failureOf(gateway.journal().append(Facts.ended(Facts.id()))))
        .isInstanceOf(ExecutionLostException.class);
  }

  @Test
  void aPausedExecutionIsResumedOnceByAnyGateway() throws Exception {
    Database first = gateway();
    Database second = gateway();
    String id = Facts.id();
    await(first.journal().append(Facts.started(id)));
    assertThat(await(second.claims().claimPaused(id))).isEmpty();
    await(first.journal().append(Facts.task(id, 0)));
    await(first.journal().append(new Fact.ExecutionPaused(id, Facts.NOW)));
    assertThat(await(first.history().find(id)).orElseThrow().summary().status())
        .isEqualTo(ExecutionStatus.Paused);
    expire(first);
    assertThat(await(second.claims().claimOrphans(10))).isEmpty();

    var one = first.claims().claimPaused(id);
    var two = second.claims().claimPaused(id, "sha256:latest", "sha256:other", Map.of());
    await(Future.all(one, two));

    assertThat(one.result().isPresent()).isNotEqualTo(two.result().isPresent());
    ClaimedExecution claimed = one.result().or(two::result).orElseThrow();
    assertThat(claimed.execution().summary().status()).isEqualTo(ExecutionStatus.Running);
    assertThat(claimed.execution().tasks()).hasSize(1);
    assertThat(claimed.execution().planHash())
        .isEqualTo(one.result().isPresent() ? "sha256:plan" : "sha256:other");
    assertThat(await(first.claims().claimPaused("nonsense"))).isEmpty();
  }

  @Test
  void anExecutionThatGoesOnByOtherDefinitionsTakesItsTasksToTheirNewPlaces() throws Exception {
    Database gateway = gateway();
    String id = Facts.id();
    await(gateway.journal().append(Facts.started(id)));
    await(gateway.journal().append(Facts.task(id, 0)));
    await(gateway.journal().append(Facts.task(id, 1)));
    await(gateway.journal().append(new Fact.ExecutionPaused(id, Facts.NOW)));
    List<String> before =
        await(gateway.history().find(id)).orElseThrow().tasks().stream()
            .map(TaskRecord::taskId)
            .toList();

    ClaimedExecution claimed =
        await(gateway.claims().claimPaused(id, "sha256:v", "sha256:p", Map.of(0, 1, 1, 0)))
            .orElseThrow();

    assertThat(claimed.execution().tasks())
        .extracting(TaskRecord::taskId)
        .containsExactly(before.get(1), before.get(0));
    await(gateway.journal().append(Facts.task(id, 2)));
    assertThat(await(gateway.history().find(id)).orElseThrow().tasks())
        .extracting(TaskRecord::slot)
        .containsExactly(0, 1, 2);
  }

  @Test
  void whoWaitsForTheLeaseGoesOnWhenItIsRenewed() throws Exception {
    Database gateway = gateway();

    await(gateway.leases().held());

    assertThat(gateway.leases().isHeld()).isTrue();
  }

  @Test
  void aRequestReachesTheOwnerAndSurvivesIt() throws Exception {
    Database owner = gateway();
    Database other = gateway();
    List<String> heard = new CopyOnWriteArrayList<>();
    owner.signals().onRequest((id, request) -> heard.add(id + " " + request));
    other.signals().onRequest((id, request) -> heard.add("wrong " + id));
    String id = Facts.id();
    assertThat(await(other.signals().request(id, ControlRequest.Pause))).isFalse();
    assertThat(await(other.signals().request("nonsense", ControlRequest.Pause))).isFalse();
    await(owner.journal().append(Facts.started(id)));

    assertThat(await(other.signals().request(id, ControlRequest.Cancel))).isTrue();
    await().until(() -> heard.contains(id + " Cancel"));

    await(other.signals().request(id, ControlRequest.Pause));
    expire(owner);
    assertThat(await(other.claims().claimOrphans(10)))
        .singleElement()
        .satisfies(claim -> assertThat(claim.requested()).isEqualTo(ControlRequest.Cancel));
    await(other.journal().append(Facts.ended(id)));
    assertThat(await(other.signals().request(id, ControlRequest.Pause))).isFalse();
    assertThat(heard).noneMatch(line -> line.startsWith("wrong"));
  }

  @Test
  void aGatewayThatLostItsLeaseStopsAndGoesOnAsAnother() throws Exception {
    Database gateway = gateway();
    UUID former = gateway.leases().owner();
    List<String> stopped = new ArrayList<>();
    gateway
        .leases()
        .onLost(
            () -> {
              stopped.add(gateway.leases().isHeld() + " " + gateway.leases().owner());
              stopped.add("room " + gateway.journal().hasRoom());
              return Future.succeededFuture();
            });
    assertThat(gateway.journal().hasRoom()).isTrue();
    expire(gateway);

    await(gateway.leases().beat());

    // what began now would belong to who it was, and be taken over at once
    assertThat(stopped).containsExactly("false " + former, "room false");
    assertThat(gateway.journal().hasRoom()).isTrue();
    assertThat(gateway.leases().owner()).isNotEqualTo(former);
    assertThat(gateway.leases().isHeld()).isTrue();
    assertThat(gateway.leases().duration()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aCancellationIsNotLostToThePauseThatWasUnderWay() throws Exception {
    Database owner = gateway();
    Database other = gateway();
    String id = Facts.id();
    await(owner.journal().append(Facts.started(id)));
    assertThat(await(other.signals().request(id, ControlRequest.Cancel))).isTrue();
    await(owner.journal().append(new Fact.ExecutionPaused(id, Facts.NOW)));

    assertThat(await(other.claims().claimPaused(id))).isEmpty();
    assertThat(await(other.claims().claimOrphans(10)))
        .singleElement()
        .satisfies(claim -> assertThat(claim.requested()).isEqualTo(ControlRequest.Cancel));
    assertThat(await(owner.claims().claimOrphans(10))).isEmpty();
  }

  @Test
  void aGatewayThatDiesOverACancellationLeavesItToTheNext() throws Exception {
    Database owner = gateway();
    Database other = gateway();
    String id = Facts.id();
    await(owner.journal().append(Facts.started(id)));
    await(owner.journal().append(new Fact.ExecutionPaused(id, Facts.NOW)));
    assertThat(await(owner.claims().claimPausedToCancel(id))).isPresent();
    expire(owner);

    assertThat(await(other.claims().claimOrphans(10)))
        .singleElement()
        .satisfies(claim -> assertThat(claim.requested()).isEqualTo(ControlRequest.Cancel));
  }

  @Test
  void aClaimWhoseAnswerWasLostIsFoundAgain() throws Exception {
    Database dead = gateway();
    String orphan = Facts.id();
    String paused = Facts.id();
    await(dead.journal().append(Facts.started(orphan)));
    await(dead.journal().append(Facts.started(paused)));
    await(dead.journal().append(new Fact.ExecutionPaused(paused, Facts.NOW)));
    expire(dead);
    FlakyProxy proxy = await(FlakyProxy.start(vertx, url));
    Database next = await(Database.open(vertx, proxy.url(), OPTIONS));
    gateways.add(next);

    proxy.loseAnswerTo(request -> request.toString("ISO-8859-1").contains("COMMIT"));
    failureOf(next.claims().claimOrphans(10));
    proxy.loseAnswerTo(request -> request.toString("ISO-8859-1").contains("COMMIT"));
    failureOf(next.claims().claimPaused(paused));

    // The pool may still hold the connection that was cut; recovery looks again as well.
    List<ClaimedExecution> found =
        Awaitility.await()
            .ignoreExceptions()
            .until(() -> await(next.claims().claimOrphans(10)), claims -> !claims.isEmpty());
    assertThat(found)
        .extracting(claim -> claim.execution().summary().executionId())
        .containsExactlyInAnyOrder(orphan, paused);
    assertThat(await(next.claims().claimOrphans(10))).isEmpty();
  }

  @Test
  void aGatewayWithoutALeaseClaimsNothing() throws Exception {
    Database gateway = gateway();
    String id = Facts.id();
    await(gateway.journal().append(Facts.started(id)));
    await(gateway.journal().append(new Fact.ExecutionPaused(id, Facts.NOW)));
    await(gateway.leases().release());

    assertThat(failureOf(gateway.claims().claimPaused(id))).hasMessageContaining("no lease");
    assertThat(await(gateway.claims().claimOrphans(10))).isEmpty();
  }
}
