package dev.millrace.perf.benchmark;

import dev.millrace.engine.journal.Fact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The facts of executions of {@code chain3}, as the engine makes them; stateless. */
public final class MeasuredFacts {
  private MeasuredFacts() {}

  /** The facts of so many executions, those of one after those of another. */
  public static List<Fact> ofExecutions(int count) throws Exception {
    List<Fact> facts = Collections.synchronizedList(new ArrayList<>());
    try (InstantEngine engine = new InstantEngine(MeasuredPlans.of("Buffered"), facts::add)) {
      engine.execute("chain3", MeasuredPlans.input("chain3"), count);
    }
    return List.copyOf(facts);
  }
}
