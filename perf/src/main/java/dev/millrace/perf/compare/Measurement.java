package dev.millrace.perf.compare;

/**
 * One run of one contestant: what the caller saw and what it cost. Made by {@link LoadRun} on the
 * main thread.
 *
 * @param contestant its name
 * @param round from 1
 * @param executions answered in the run
 * @param seconds length of the run
 * @param cpuSeconds of the contestant's process over the run
 * @param databaseCpuSeconds the same of its PostgreSQL server; 0 without one
 * @param upstreamShare share of its event loops' cores that the upstream used, 1 is all of it
 * @param loadShare the same of wrk's threads
 * @param otherShare share of the machine that none of ours used
 * @param stolenShare share of the machine that its host took away
 */
record Measurement(
    Shape shape,
    String contestant,
    int round,
    long executions,
    double seconds,
    double p50Millis,
    double p99Millis,
    double cpuSeconds,
    double databaseCpuSeconds,
    double upstreamShare,
    double loadShare,
    double otherShare,
    double stolenShare) {

  double throughput() {
    return executions / seconds;
  }

  double cpuSecondsPerThousand() {
    return cpuSeconds * 1000 / executions;
  }

  double databaseCpuSecondsPerThousand() {
    return databaseCpuSeconds * 1000 / executions;
  }
}
