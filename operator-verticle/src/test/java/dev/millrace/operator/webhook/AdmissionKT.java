package dev.millrace.operator.webhook;

import static org.awaitility.Awaitility.await;

import dev.millrace.operator.testing.ApiServer;
import dev.millrace.operator.testing.Kubectl;
import dev.millrace.operator.testing.TestCluster;
import dev.millrace.operator.testing.TestNamespace;
import dev.millrace.operator.testing.TestOperator;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What kubectl shows of the webhook's verdicts. */
@ExtendWith(ApiServer.class)
class AdmissionKT {
  @Test
  void printsWhatItDoes(TestCluster cluster, TestNamespace namespace) {
    try (TestOperator operator = TestOperator.start(cluster, namespace)) {
      Kubectl.Result denied = operator.kubectl(TestReviews.WORKFLOW, "apply", "-f", "-");
      System.out.println(denied.all());
      System.out.println(operator.kubectl(TestReviews.TASK, "apply", "-f", "-").all());
      System.out.println(operator.kubectl(TestReviews.WORKFLOW, "apply", "-f", "-").all());
      System.out.println(
          operator
              .kubectl(
                  TestReviews.TASK.replace("{ type: integer }", "{ type: integer, minimum: 1 }"),
                  "apply",
                  "-f",
                  "-")
              .all());
      System.out.println(operator.kubectl("", "delete", "mwt", "fetch-user").all());
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> operator.kubectl("", "get", "mwf").out().contains("True"));
      System.out.println(operator.kubectl("", "get", "millrace").all());
      System.out.println(operator.kubectl("", "describe", "mwf").all());
      System.out.println(operator.kubectl("", "get", "mwt", "-o", "yaml").all());
      System.out.println(operator.kubectl("", "get", "lease,events").all());
      System.out.println(operator.get("/metrics").body());
    }
  }
}
