package dev.millrace.perf.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.rampConcurrentUsers;

import io.gatling.javaapi.core.ClosedInjectionStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ever more users at once, a level for each number of {@code load.levels}, until throughput no
 * longer grows. A level begins with a second's ramp.
 */
public final class RampSimulation extends LoadSimulation {

  /** Describes the load. */
  public RampSimulation() {
    List<Integer> levels =
        Arrays.stream(Stage.text("load.levels").split(",", -1)).map(Integer::valueOf).toList();
    Duration each = stage.duration().dividedBy(levels.size());
    List<ClosedInjectionStep> steps = new ArrayList<>();
    int before = levels.get(0);
    steps.add(constantConcurrentUsers(before).during(stage.warmUp()));
    for (int users : levels) {
      steps.add(rampConcurrentUsers(before).to(users).during(Duration.ofSeconds(1)));
      steps.add(constantConcurrentUsers(users).during(each.minusSeconds(1)));
      before = users;
    }
    setUp(
            execute(Stage.text("load.workflow"))
                .injectClosed(steps.toArray(ClosedInjectionStep[]::new)))
        .protocols(protocol())
        .maxDuration(stage.whole().plusSeconds(30));
  }
}
