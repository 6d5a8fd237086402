package dev.millrace.persistence;

import dev.millrace.engine.journal.Fact;
import dev.millrace.perf.benchmark.MeasuredFacts;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Facts become rows: each is written as text, on the execution's event loop, and a batch of them
 * becomes the parameters of one statement. In the package of what it measures, which nobody else
 * need see; owned by JMH, runs on its thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class FactBatchBenchmark {
  private static final int EXECUTIONS = 50;
  private static final UUID OWNER = new UUID(1, 1);

  private List<Fact> ofOne;
  private List<ExecutionFacts> executions;

  /** Makes the facts of executions of chain3. */
  @Setup
  public void execute() throws Exception {
    ofOne = MeasuredFacts.ofExecutions(1);
    Map<UUID, List<PendingFact>> byExecution = new LinkedHashMap<>();
    for (PendingFact fact : text(MeasuredFacts.ofExecutions(EXECUTIONS))) {
      byExecution.computeIfAbsent(fact.id(), id -> new ArrayList<>()).add(fact);
    }
    executions = byExecution.values().stream().map(ExecutionFacts::of).toList();
  }

  private static List<PendingFact> text(List<Fact> facts) {
    List<PendingFact> texts = new ArrayList<>(facts.size());
    for (Fact fact : facts) {
      texts.add(PendingFact.of(fact, OWNER, Promise.promise()));
    }
    return texts;
  }

  /** The five facts of one execution. */
  @Benchmark
  public List<PendingFact> textOfOneExecution() {
    return text(ofOne);
  }

  /** The parameters of a batch of 50 executions. */
  @Benchmark
  public Tuple batchOfFifty() {
    return new FactBatch(executions, true).parameters();
  }
}
