package dev.millrace.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.CatalogEntry;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.operator.testing.ApiServer;
import dev.millrace.operator.testing.TestCluster;
import dev.millrace.operator.testing.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a gateway serves of a real cluster. */
@ExtendWith(ApiServer.class)
@Timeout(180)
class ClusterDefinitionSourceKT {
  private static final String TASK =
      """
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: fetch }
      spec:
        inputSchema: { type: object }
        outputSchema: { type: object, required: [id], properties: { id: { type: integer } } }
        http: { method: GET, url: "https://svc.internal/" }
      """;
  private static final String WORKFLOW =
      """
      apiVersion: millrace.dev/v1
      kind: Workflow
      metadata: { name: flow%s }
      spec:
        description: "%s"
        inputSchema: { type: object }
        tasks: [ { id: one, taskRef: fetch, input: {} } ]
        output: { id: "{{tasks.one.output.id}}" }
      """;

  private TestCluster cluster;
  private String namespace;
  private Vertx vertx;
  private KubernetesClient client;
  private Catalog catalog;
  private ClusterDefinitionSource source;

  @BeforeEach
  void start(TestCluster given, TestNamespace own) throws Exception {
    cluster = given;
    namespace = own.name();
    vertx = Vertx.vertx();
    client = cluster.client();
    catalog = new Catalog(namespace);
    source =
        new ClusterDefinitionSource(
            vertx, new ClusterDefinitions(client, List.of(namespace)), catalog);
    apply(TASK);
    source.start().await(60, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    source.stop().await(60, TimeUnit.SECONDS);
    client.close();
    vertx.close().await(60, TimeUnit.SECONDS);
  }

  private void apply(String yaml) {
    cluster.kubectl().succeedWithInput(yaml, "-n", namespace, "apply", "-f", "-");
  }

  private void delete(String kind, String name) {
    cluster.kubectl().succeed("-n", namespace, "delete", kind, name);
  }

  private CatalogEntry flow() {
    return catalog.snapshot().workflow(namespace, "flow");
  }

  private void awaitDescription(String description) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> flow() != null && flow().workflow().description().equals(description));
  }

  @Test
  void servesWhatIsAppliedWithinASecond() {
    assertThat(catalog.snapshot().tasks()).as("loaded at the start").hasSize(1);
    apply(WORKFLOW.formatted("", "first"));

    // From the moment that kubectl says it is applied.
    await()
        .atMost(Duration.ofSeconds(1))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> flow() != null && flow().ready());
    apply(WORKFLOW.formatted("", "second"));
    awaitDescription("second");
    delete("mwf", "flow");
    await().atMost(Duration.ofSeconds(20)).until(() -> flow() == null);
  }

  @Test
  void aBrokenDefinitionKeepsTheLastGoodOneServing() {
    apply(WORKFLOW.formatted("", "good"));
    await().until(() -> flow() != null && flow().ready());

    apply(WORKFLOW.formatted("", "bad").replace("output.id", "output.no"));

    awaitDescription("bad");
    assertThat(flow().ready()).isFalse();
    assertThat(flow().servingOlder()).isTrue();
  }

  @Test
  void knowsWhoChangedADefinition() {
    apply(WORKFLOW.formatted("", "first"));
    awaitDescription("first");
    assertThat(source.originOf(flow().workflow().name()).source()).isEqualTo("cluster");
    assertThat(source.originOf(flow().workflow().name()).actor()).contains("kubectl");

    apply(
        WORKFLOW
            .formatted("", "second")
            .replace(
                "name: flow",
                "name: flow, annotations: { millrace.dev/changed-by: ann,"
                    + " millrace.dev/allow-breaking-change: nobody uses it }"));
    awaitDescription("second");
    ResourceName name = flow().workflow().name();
    assertThat(source.originOf(name).actor()).isEqualTo("ann");
    assertThat(source.originOf(name).reason()).isEqualTo("nobody uses it");
    delete("mwf", "flow");
    await().until(() -> flow() == null);
    assertThat(source.originOf(name).reason()).isEqualTo("nobody uses it");
    assertThat(source.originOf(name).actor()).isNull();
    assertThat(source.originOf(catalog.snapshot().tasks().get(0).definition().name()).actor())
        .isNotNull();
  }

  @Test
  void otherNamespacesAreNotServed(TestNamespace other) {
    cluster.kubectl().succeedWithInput(TASK, "-n", other.name(), "apply", "-f", "-");

    apply(WORKFLOW.formatted("", "here"));

    awaitDescription("here");
    assertThat(catalog.snapshot().tasks(other.name())).isEmpty();
  }

  @Test
  void goesOnServingWithoutTheApiServerAndCatchesUpAfterwards() {
    assumeTrue(cluster.restartable());
    apply(WORKFLOW.formatted("", "before"));
    apply(WORKFLOW.formatted("-gone", "before"));
    awaitDescription("before");

    cluster.stopServer();
    assertThat(flow().ready()).isTrue();
    cluster.startServer();
    delete("mwf", "flow-gone");
    apply(WORKFLOW.formatted("", "after"));

    awaitDescription("after");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> catalog.snapshot().workflow(namespace, "flow-gone") == null);
    assertThat(flow().ready()).isTrue();
  }
}
