package dev.millrace.app.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Which faults happen when, all from one seed. */
record FaultPlan(Duration length, List<Strike> strikes) {
  /** A fault at a time after the beginning of the load. */
  record Strike(Duration at, Fault fault) {}

  private static final Duration FIRST = Duration.ofSeconds(2);

  FaultPlan {
    strikes = List.copyOf(strikes);
  }

  /** One of each kind, and more kills, in some order; for two gateways. */
  static FaultPlan shortForm(long seed, Duration lease) {
    Random random = new Random(seed);
    List<Fault> faults = new ArrayList<>();
    faults.add(new Fault.KillGateway(0));
    faults.add(new Fault.KillGateway(1));
    faults.add(new Fault.KillGateway(random.nextInt(2)));
    faults.add(new Fault.RestartDatabase(Fault.Stop.IMMEDIATE, Duration.ofMillis(500)));
    faults.add(new Fault.RestartDatabase(Fault.Stop.KILL, Duration.ofMillis(500)));
    faults.add(new Fault.FreezeGateway(random.nextInt(2), lease.multipliedBy(2)));
    Collections.shuffle(faults, random);
    List<Strike> strikes = new ArrayList<>();
    Duration at = FIRST;
    for (Fault fault : faults) {
      strikes.add(new Strike(at, fault));
      at = at.plusMillis(3_000 + random.nextInt(1_000));
    }
    return new FaultPlan(at, strikes);
  }

  /** Any faults, one every few seconds. */
  static FaultPlan longForm(long seed, Duration length, int gateways, Duration lease) {
    Random random = new Random(seed);
    List<Strike> strikes = new ArrayList<>();
    Duration at = FIRST;
    while (at.compareTo(length) < 0) {
      strikes.add(new Strike(at, any(random, gateways, lease)));
      at = at.plusMillis(1_000 + random.nextInt(6_000));
    }
    return new FaultPlan(length, strikes);
  }

  private static Fault any(Random random, int gateways, Duration lease) {
    int kind = random.nextInt(100);
    if (kind < 55) {
      return new Fault.KillGateway(random.nextInt(gateways));
    }
    if (kind < 60) {
      return new Fault.KillAllGateways();
    }
    if (kind < 75) {
      long millis = 500 + random.nextLong(2 * lease.toMillis());
      return new Fault.FreezeGateway(random.nextInt(gateways), Duration.ofMillis(millis));
    }
    Fault.Stop[] ways = Fault.Stop.values();
    return new Fault.RestartDatabase(
        ways[random.nextInt(ways.length)], Duration.ofMillis(100 + random.nextInt(3_000)));
  }
}
