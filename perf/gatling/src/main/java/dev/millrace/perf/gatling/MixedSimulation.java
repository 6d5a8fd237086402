package dev.millrace.perf.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;

import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Workflows of all shapes beside each other, small and large, quick and slow, with callers who are
 * wrong: {@code load.rate} requests a second of {@code single}, and with {@code load.others} as
 * many of all else together.
 */
public final class MixedSimulation extends LoadSimulation {

  /** Describes the load. */
  public MixedSimulation() {
    int rate = Stage.number("load.rate");
    List<ScenarioBuilder> others =
        List.of(
            execute("chain3"),
            execute("fan10"),
            execute("delayed"),
            execute("many-lines"),
            post("wrong input", "/api/v1/workflows/chain3/execute", "{\"quantity\":0}", 422),
            post("not JSON", "/api/v1/workflows/chain3/execute", "{", 400),
            post("unknown", "/api/v1/workflows/nobody/execute", "{}", 404),
            post("dry run", "/api/v1/workflows/single/test", user(), 200),
            read("list", "/api/v1/workflows"));
    List<PopulationBuilder> populations = new ArrayList<>();
    populations.add(execute("single").injectOpen(constantUsersPerSec(rate).during(stage.whole())));
    if (Boolean.getBoolean("load.others")) {
      for (ScenarioBuilder other : others) {
        populations.add(
            other.injectOpen(
                constantUsersPerSec((double) rate / others.size()).during(stage.whole())));
      }
    }
    setUp(populations).protocols(protocol()).maxDuration(stage.whole().plusSeconds(30));
  }
}
