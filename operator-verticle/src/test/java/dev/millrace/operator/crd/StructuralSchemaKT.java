package dev.millrace.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.json.VersionHash;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.operator.testing.ApiServer;
import dev.millrace.operator.testing.Kubectl;
import dev.millrace.operator.testing.TestCluster;
import dev.millrace.operator.testing.TestNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the API server itself refuses, before any webhook is asked. */
@ExtendWith(ApiServer.class)
class StructuralSchemaKT {
  @ParameterizedTest
  @EnumSource
  void takesEveryFieldAndChangesNone(
      ResourceKind kind, TestCluster cluster, TestNamespace namespace) throws Exception {
    ObjectNode sample = SampleSpecs.of(kind);
    Kubectl kubectl = cluster.kubectl();

    kubectl.succeedWithInput(
        Json.toText(sample), "apply", "--server-side", "-n", namespace.name(), "-f", "-");

    String name = ResourceDefinitions.plural(kind) + "/sample";
    String stored = kubectl.succeed("get", "-n", namespace.name(), name, "-o", "json");
    assertThat(VersionHash.of(Json.read(stored).get("spec")))
        .isEqualTo(VersionHash.of(sample.get("spec")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          WorkflowTask | /spec               | http           |                | spec.http: Required value
          WorkflowTask | /spec/http          | method         |                | spec.http.method: Required value
          WorkflowTask | /spec/http          | method         | "get"          | spec.http.method: Unsupported value: "get"
          WorkflowTask | /spec/http          | url            | "ftp://x/"     | spec.http.url in body should match
          WorkflowTask | /spec/http          | response       | "all"          | spec.http.response: Unsupported value
          WorkflowTask | /spec/http          | successStatus  | ["9xx"]        | in body should match
          WorkflowTask | /spec/http          | successStatus  | [99]           | should be greater than or equal to 200
          WorkflowTask | /spec/http          | successStatus  | []             | should have at least 1 items
          WorkflowTask | /spec               | timeout        | "2 seconds"    | spec.timeout in body should match
          WorkflowTask | /spec               | timeout        | 2              | spec.timeout in body must be of type string
          WorkflowTask | /spec               | idempotent     | "yes"          | must be of type boolean
          WorkflowTask | /spec               | inputSchema    | true           | must be of type object
          WorkflowTask | /spec/retry         | maxAttempts    | 21             | should be less than or equal to 20
          WorkflowTask | /spec/retry         | on             | ["conect"]     | in body should match '^(connect
          WorkflowTask | /spec/bulkhead      | maxConcurrent  |                | spec.bulkhead.maxConcurrent: Required value
          Workflow     | /spec               | tasks          | []             | spec.tasks in body should have at least 1 items
          Workflow     | /spec/tasks/0       | id             | "User"         | in body should match '^[a-z]
          Workflow     | /spec/tasks/0       | taskRef        |                | .taskRef: Required value
          Workflow     | /spec               | durability     | "Eventual"     | spec.durability: Unsupported value
          Workflow     | /spec               | maxConcurrency | 201            | should be less than or equal to 200
          Workflow     | /spec/route         | path           | "orders"       | spec.route.path in body should match '^/'
          """)
  void refuses(
      ResourceKind kind,
      String parent,
      String field,
      String value,
      String message,
      TestCluster cluster,
      TestNamespace namespace)
      throws Exception {
    ObjectNode sample = SampleSpecs.of(kind);
    JsonNode holder = sample.at(parent);
    if (value == null) {
      ((ObjectNode) holder).remove(field);
    } else {
      ((ObjectNode) holder).set(field, Json.read(value));
    }

    Kubectl.Result result =
        cluster
            .kubectl()
            .runWithInput(
                Json.toText(sample),
                "apply",
                "--validate=false",
                "--dry-run=server",
                "-n",
                namespace.name(),
                "-f",
                "-");

    assertThat(result.exit()).as(result.all()).isNotZero();
    assertThat(result.err()).contains(message);
  }

  @Test
  void aClientSideApplyDropsMembersThatAreNull(TestCluster cluster, TestNamespace namespace) {
    Kubectl kubectl = cluster.kubectl();

    kubectl.succeedWithInput(
        Json.toText(SampleSpecs.of(ResourceKind.Workflow)),
        "apply",
        "-n",
        namespace.name(),
        "-f",
        "-");

    assertThat(
            kubectl.succeed(
                "get",
                "-n",
                namespace.name(),
                "mwf/sample",
                "-o",
                "jsonpath={.spec.tasks[0].onError}"))
        .isEqualTo("{}");
  }

  @ParameterizedTest
  @EnumSource
  void kubectlRefusesAnUnknownFieldByName(
      ResourceKind kind, TestCluster cluster, TestNamespace namespace) {
    ObjectNode sample = SampleSpecs.of(kind);
    ((ObjectNode) sample.get("spec")).put("retries", 3);

    Kubectl.Result result =
        cluster
            .kubectl()
            .runWithInput(Json.toText(sample), "apply", "-n", namespace.name(), "-f", "-");

    assertThat(result.exit()).isNotZero();
    assertThat(result.err()).contains("unknown field").contains("retries");
  }

  @ParameterizedTest
  @CsvSource({"on", "\"on\""})
  void anUnquotedOnReachesTheWebhookAsTrue(
      String name, TestCluster cluster, TestNamespace namespace) {
    String task =
        """
        apiVersion: millrace.dev/v1
        kind: WorkflowTask
        metadata: { name: sample }
        spec:
          http: { method: GET, url: "https://users.internal/" }
          retry: { maxAttempts: 2, %s: [connect] }
        """
            .formatted(name);
    Kubectl kubectl = cluster.kubectl();

    kubectl.succeedWithInput(task, "apply", "-n", namespace.name(), "-f", "-");

    String expected = name.equals("on") ? "true" : "on";
    assertThat(
            kubectl.succeed(
                "get", "-n", namespace.name(), "mwt/sample", "-o", "jsonpath={.spec.retry}"))
        .contains("\"%s\":[\"connect\"]".formatted(expected));
  }
}
