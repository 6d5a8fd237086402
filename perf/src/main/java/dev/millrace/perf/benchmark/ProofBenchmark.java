package dev.millrace.perf.benchmark;

import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.schema.SchemaView;
import dev.millrace.engine.schema.proof.Proof;
import dev.millrace.engine.schema.proof.SubschemaProver;
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
 * An everyday pair of schemas is proved, and another refuted with a witness. Owned by JMH, runs on
 * its thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ProofBenchmark {
  private static final String SOURCE =
      """
      {"type":"object","required":["id","lines"],"properties":{
        "id":{"type":"string","minLength":1,"maxLength":36},
        "lines":{"type":"array","maxItems":10,"items":{"type":"object","required":["sku","quantity"],
          "properties":{"sku":{"type":"string","minLength":1},"quantity":{"type":"integer","minimum":1,"maximum":100}}}}}}
      """;

  private static final String TARGET =
      """
      {"type":"object","required":["id"],"properties":{
        "id":{"type":"string","minLength":1},
        "lines":{"type":"array","items":{"type":"object","required":["sku"],
          "properties":{"sku":{"type":"string"},"quantity":{"type":"integer","minimum":LEAST}}}}}}
      """;

  private SchemaView source;
  private SchemaView wide;
  private SchemaView narrow;

  /** Reads the schemas and checks that the verdicts are what their names say. */
  @Setup
  public void read() throws InvalidJsonException {
    source = SchemaView.of(Json.read(SOURCE));
    wide = SchemaView.of(Json.read(TARGET.replace("LEAST", "0")));
    narrow = SchemaView.of(Json.read(TARGET.replace("LEAST", "2")));
    if (!(proved() instanceof Proof.Proved) || !(refuted() instanceof Proof.Refuted)) {
      throw new IllegalStateException("the benchmark's schemas no longer fit their names");
    }
  }

  @Benchmark
  public Proof proved() {
    return SubschemaProver.prove(source, wide);
  }

  @Benchmark
  public Proof refuted() {
    return SubschemaProver.prove(source, narrow);
  }
}
