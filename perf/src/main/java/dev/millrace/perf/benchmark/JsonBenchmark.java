package dev.millrace.perf.benchmark;

import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import java.nio.charset.StandardCharsets;
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
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer of 240 bytes is read and written, by Millrace's border and by the plain library. Owned
 * by JMH, runs on its thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class JsonBenchmark {
  private byte[] text;
  private JsonNode tree;

  /** Makes the document. */
  @Setup
  public void read() throws InvalidJsonException {
    text = MeasuredPlans.answer("fetch-user").getBytes(StandardCharsets.UTF_8);
    tree = Json.read(text);
  }

  @Benchmark
  public JsonNode readHere() throws InvalidJsonException {
    return Json.read(text);
  }

  @Benchmark
  public JsonNode readPlainly() {
    return JsonMapper.shared().readTree(text);
  }

  @Benchmark
  public byte[] writeHere() {
    return Json.toBytes(tree);
  }

  @Benchmark
  public byte[] writePlainly() {
    return JsonMapper.shared().writeValueAsBytes(tree);
  }
}
