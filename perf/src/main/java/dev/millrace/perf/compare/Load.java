package dev.millrace.perf.compare;

/** How a run asks a contestant for executions; immutable. */
sealed interface Load {

  /** As the table names it. */
  String label();

  /** How many executions may be in flight when a run ends. */
  int mostInFlight();

  /**
   * So many callers, each of which waits for its answer before it asks again; made by wrk.
   *
   * @param connections callers at a time
   */
  record Closed(int connections) implements Load {
    @Override
    public String label() {
      return connections == 1 ? "1 connection" : connections + " connections";
    }

    @Override
    public int mostInFlight() {
      return connections;
    }
  }

  /**
   * So many executions a second, whatever becomes of those before; made by {@link OpenLoad}.
   *
   * @param percent of what the baseline reached with all connections
   * @param rate the same in executions a second
   */
  record Open(int percent, int rate) implements Load {
    private static final int MOST_IN_FLIGHT = 512;

    @Override
    public String label() {
      return percent + " % open: " + rate + "/s";
    }

    @Override
    public int mostInFlight() {
      return MOST_IN_FLIGHT;
    }
  }
}
