package dev.millrace.perf.compare;

/**
 * One run of one contestant: what the caller saw and what it cost. Made by {@link LoadRun} on the
 * main thread.
 *
 * @param contestant its name
 * @param round from 1
 * @param result what the caller saw
 * @param cpuSeconds of the contestant's process over the run
 * @param databaseCpuSeconds the same of its PostgreSQL server; 0 without one
 * @param allocatedBytes of all threads of the contestant's process over the run
 * @param upstreamShare share of its event loops' cores that the upstream used, 1 is all of it
 * @param loadShare the same of the load generator's threads
 * @param otherShare share of the machine that none of ours used
 * @param stolenShare share of the machine that its host took away
 */
record Measurement(
    Cell cell,
    String contestant,
    int round,
    LoadResult result,
    double cpuSeconds,
    double databaseCpuSeconds,
    long allocatedBytes,
    double upstreamShare,
    double loadShare,
    double otherShare,
    double stolenShare) {

  double throughput() {
    return result.requests() / result.seconds();
  }

  double cpuSecondsPerThousand() {
    return cpuSeconds * 1000 / result.requests();
  }

  double databaseCpuSecondsPerThousand() {
    return databaseCpuSeconds * 1000 / result.requests();
  }

  double allocatedKilobytes() {
    return allocatedBytes / 1e3 / result.requests();
  }
}
