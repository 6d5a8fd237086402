package dev.millrace.perf.compare;

import dev.millrace.perf.process.ProcessorTime;

/**
 * What each of our processes, and the whole machine, has used up to a moment, or between two, in
 * seconds of CPU. Made by {@link LoadRun}; immutable.
 *
 * @param elapsed seconds on the clock
 * @param load of the load generator
 * @param own of this program
 */
record Usage(
    double elapsed,
    double contestant,
    double database,
    double upstream,
    double load,
    double own,
    ProcessorTime.Machine machine) {

  Usage since(Usage earlier) {
    return new Usage(
        elapsed - earlier.elapsed,
        contestant - earlier.contestant,
        database - earlier.database,
        upstream - earlier.upstream,
        load - earlier.load,
        own - earlier.own,
        machine.minus(earlier.machine));
  }

  /** The share of the machine that none of ours used. */
  double otherShare() {
    double ours = contestant + database + upstream + load + own;
    return Math.max(0, machine.busy() - ours) / capacity();
  }

  /** The share that its host took away. */
  double stolenShare() {
    return machine.stolen() / capacity();
  }

  private double capacity() {
    return elapsed * Runtime.getRuntime().availableProcessors();
  }
}
