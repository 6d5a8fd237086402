package dev.millrace.perf.benchmark;

import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.schema.CompiledSchema;
import dev.millrace.engine.schema.SchemaError;
import java.util.List;
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
import tools.jackson.databind.JsonNode;

/** The input of chain3 is validated as the engine does it. Owned by JMH, runs on its thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class InputValidationBenchmark {
  private CompiledSchema schema;
  private JsonNode valid;
  private JsonNode invalid;

  /** Compiles the workflow. */
  @Setup
  public void compile() throws InvalidJsonException {
    schema = MeasuredPlans.of("None").plan("chain3").inputSchema();
    valid = MeasuredPlans.input("chain3");
    invalid = Json.read("{\"userId\":\"42\",\"quantity\":0}");
  }

  @Benchmark
  public List<SchemaError> valid() {
    return schema.validate(valid);
  }

  /** Two errors, with their messages. */
  @Benchmark
  public List<SchemaError> invalid() {
    return schema.validate(invalid);
  }
}
