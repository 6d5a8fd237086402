package dev.millrace.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.catalog.Origin;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.validation.ReadDefinition;
import dev.millrace.engine.validation.ResourceReport;
import dev.millrace.operator.cluster.ClusterDefinition;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What a status says of those who use a task. */
class ResourceStatusTest {
  private static final String TASK =
      """
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: fetch }
      spec:
        inputSchema: { type: object }
        outputSchema: { type: object }
        http: { method: GET, url: "https://svc.internal/" }
      """;

  private static JsonNode usedBy(String... users) {
    ReadDefinition task = ReadDefinition.of(ResourceReader.read("test.yaml", TASK, "shop"), 0);
    return ResourceStatus.of(
            new ClusterDefinition(
                task, new Origin("cluster", null), "uid", 1, false, MissingNode.getInstance()),
            new ResourceReport(task.resource(), List.of(), List.of(), null),
            List.of(users).stream()
                .map(name -> new ResourceName(ResourceKind.Workflow, "shop", name))
                .toList())
        .status();
  }

  @Test
  void aFewUsersAreNamed() {
    assertThat(usedBy("checkout", "orders").get("users").asString()).isEqualTo("checkout, orders");
    assertThat(usedBy("checkout", "orders").get("usedBy")).hasSize(2);
  }

  @Test
  void ofManySomeAreNamedAndTheRestCounted() {
    String[] many = IntStream.range(0, 2_000).mapToObj(i -> "workflow-" + i).toArray(String[]::new);

    assertThat(usedBy(many).get("users").asString())
        .isEqualTo("workflow-0, workflow-1, workflow-2 +1997");
    assertThat(usedBy(many).get("usedBy")).hasSize(2_000);
    assertThat(usedBy("a".repeat(60), "b").get("users").asString())
        .isEqualTo("a".repeat(60) + " +1");
  }

  @Test
  void whereThereAreNoneTheColumnStaysEmpty() {
    assertThat(usedBy().get("users").isNull()).isTrue();
    assertThat(usedBy().get("usedBy")).isEmpty();
  }
}
