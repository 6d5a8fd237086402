package dev.millrace.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private static final Duration LEASE = Duration.ofSeconds(2);

  @Test
  void aSeedGivesTheSamePlanAgain() {
    Duration length = Duration.ofMinutes(2);

    assertThat(FaultPlan.shortForm(7, LEASE)).isEqualTo(FaultPlan.shortForm(7, LEASE));
    assertThat(FaultPlan.longForm(7, length, 3, LEASE))
        .isEqualTo(FaultPlan.longForm(7, length, 3, LEASE))
        .isNotEqualTo(FaultPlan.longForm(8, length, 3, LEASE));
  }

  @Test
  void theShortFormAlwaysKillsBothGatewaysAndTheDatabase() {
    LongStream.range(0, 50)
        .mapToObj(seed -> FaultPlan.shortForm(seed, LEASE))
        .forEach(
            plan ->
                assertThat(plan.strikes())
                    .extracting(FaultPlan.Strike::fault)
                    .contains(new Fault.KillGateway(0), new Fault.KillGateway(1))
                    .hasAtLeastOneElementOfType(Fault.RestartDatabase.class)
                    .hasAtLeastOneElementOfType(Fault.FreezeGateway.class));
  }

  @Test
  void theLongFormHasFaultsOfEveryKind() {
    FaultPlan plan = FaultPlan.longForm(1, Duration.ofMinutes(10), 3, LEASE);

    assertThat(plan.strikes())
        .extracting(FaultPlan.Strike::fault)
        .hasAtLeastOneElementOfType(Fault.KillGateway.class)
        .hasAtLeastOneElementOfType(Fault.StopGateway.class)
        .hasAtLeastOneElementOfType(Fault.KillAllGateways.class)
        .hasAtLeastOneElementOfType(Fault.FreezeGateway.class)
        .hasAtLeastOneElementOfType(Fault.RestartDatabase.class);
  }
}
