package dev.millrace.app.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which faults happen in which order, all from one seed.
 *
 * @param length when to begin no further fault
 */
record FaultPlan(Duration length, List<Strike> strikes) {
  /**
   * A fault, and when it comes.
   *
   * @param settled whether first all gateways and PostgreSQL are up again, so that the load is at
   *     work
   * @param after the least time since the fault before it, or since all were up
   */
  record Strike(boolean settled, Duration after, Fault fault) {}

  private static final Duration SHORT = Duration.ofMinutes(3);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

  FaultPlan {
    strikes = List.copyOf(strikes);
  }

  /** One of each kind and more kills, in some order; two of them at once. For two gateways. */
  static FaultPlan shortForm(long seed, Duration lease) {
    Random random = new Random(seed);
    List<Strike> strikes = new ArrayList<>();
    strikes.add(settled(random, new Fault.KillGateway(0)));
    strikes.add(settled(random, new Fault.StopGateway(random.nextInt(2))));
    strikes.add(settled(random, new Fault.FreezeGateway(random.nextInt(2), lease.multipliedBy(2))));
    strikes.add(settled(random, restart(Fault.Stop.IMMEDIATE, lease.plusMillis(500))));
    strikes.add(settled(random, restart(Fault.Stop.KILL, Duration.ofMillis(800))));
    Collections.shuffle(strikes, random);
    int restart =
        strikes.indexOf(
            strikes.stream().filter(FaultPlan::isKilledDatabase).findFirst().orElseThrow());
    Fault kill = new Fault.KillGateway(1);
    strikes.add(restart + 1, new Strike(false, Duration.ofMillis(100 + random.nextInt(400)), kill));
    return new FaultPlan(SHORT, strikes);
  }

  private static Strike settled(Random random, Fault fault) {
    return new Strike(true, Duration.ofMillis(800 + random.nextInt(800)), fault);
  }

  private static Fault restart(Fault.Stop how, Duration away) {
    return new Fault.RestartDatabase(how, away);
  }

  private static boolean isKilledDatabase(Strike strike) {
    return strike.fault() instanceof Fault.RestartDatabase restart
        && restart.how() == Fault.Stop.KILL;
  }

  /** Any faults, every few seconds; half of them whatever is still down from the one before. */
  static FaultPlan longForm(long seed, Duration length, int gateways, Duration lease) {
    Random random = new Random(seed);
    List<Strike> strikes = new ArrayList<>();
    for (int i = 0; i < length.toSeconds(); i++) {
      Duration after = Duration.ofMillis(random.nextLong(LONGEST_PAUSE.toMillis()));
      strikes.add(new Strike(random.nextBoolean(), after, any(random, gateways, lease)));
    }
    return new FaultPlan(length, strikes);
  }

  private static Fault any(Random random, int gateways, Duration lease) {
    int kind = random.nextInt(100);
    if (kind < 45) {
      return new Fault.KillGateway(random.nextInt(gateways));
    }
    if (kind < 55) {
      return new Fault.StopGateway(random.nextInt(gateways));
    }
    if (kind < 60) {
      return new Fault.KillAllGateways();
    }
    if (kind < 75) {
      long millis = 500 + random.nextLong(2 * lease.toMillis());
      return new Fault.FreezeGateway(random.nextInt(gateways), Duration.ofMillis(millis));
    }
    Fault.Stop[] ways = Fault.Stop.values();
    return restart(
        ways[random.nextInt(ways.length)], Duration.ofMillis(100 + random.nextInt(4_000)));
  }
}
