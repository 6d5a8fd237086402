package dev.millrace.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.operator.testing.ApiServer;
import dev.millrace.operator.testing.Kubectl;
import dev.millrace.operator.testing.ResourceDefinitionFiles;
import dev.millrace.operator.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.ObjectNode;

/** What docs/kubernetes.md quotes is what kubectl prints here, to the letter. */
@ExtendWith(ApiServer.class)
class DocumentedOutputKT {
  private Kubectl kubectl;
  private String page;

  @BeforeEach
  void read(TestCluster cluster) throws IOException {
    assumeTrue(cluster.restartable(), "other versions of Kubernetes use other words");
    kubectl = cluster.kubectl();
    page =
        Files.readString(
            ResourceDefinitionFiles.directory().resolveSibling("docs").resolve("kubernetes.md"));
  }

  /** The lines of a code block from one line on, to its end or to an ellipsis. */
  private String quoted(String firstLine) {
    int start = page.indexOf(firstLine);
    assertThat(start).as(firstLine).isNotNegative();
    return page.substring(start).split("(?m)^(```|\\.\\.\\.)$", 2)[0];
  }

  @Test
  void explain() {
    String prompt = "$ kubectl explain workflow.spec.tasks\n";

    String printed = kubectl.succeed("explain", "workflow.spec.tasks");

    assertThat(printed).contains(quoted(prompt).substring(prompt.length()));
  }

  @Test
  void aRefusalOfTheApiServer() {
    ObjectNode task = SampleSpecs.of(ResourceKind.WorkflowTask);
    ((ObjectNode) task.at("/spec/http")).putArray("successStatus").add("9xx");

    Kubectl.Result result =
        kubectl.runWithInput(Json.toText(task), "apply", "--dry-run=server", "-f", "-");

    assertThat(result.err()).contains(quoted("The WorkflowTask \"sample\" is invalid: "));
  }
}
