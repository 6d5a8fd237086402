package dev.millrace.perf.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What benchmarks measure is what happens: a benchmark of failures would be a quick one. */
class BenchmarksTest {

  @ParameterizedTest
  @CsvSource({"single,None", "chain3,Buffered", "fan10,Buffered"})
  void executionsSucceed(String workflow, String durability) throws Exception {
    ExecutionBenchmark benchmark = new ExecutionBenchmark();
    benchmark.workflow = workflow;
    benchmark.durability = durability;
    benchmark.start();
    try {
      assertThat(benchmark.execution().status()).isEqualTo(ExecutionStatus.Succeeded);
    } finally {
      benchmark.stop();
    }
  }

  @Test
  void anExecutionOfThreeTasksHasFiveFacts() throws Exception {
    assertThat(MeasuredFacts.ofExecutions(2)).hasSize(10);
  }

  @Test
  void inputsAreValidAndInvalid() throws Exception {
    InputValidationBenchmark benchmark = new InputValidationBenchmark();
    benchmark.compile();

    assertThat(benchmark.valid()).isEmpty();
    assertThat(benchmark.invalid()).hasSize(2);
  }

  @Test
  void templatesRenderWholeValues() throws Exception {
    TemplateBenchmark benchmark = new TemplateBenchmark();
    benchmark.compile();

    assertThat(benchmark.fourValues().size()).isEqualTo(4);
    assertThat(benchmark.eightLines().get("lines").size()).isEqualTo(8);
    assertThat(benchmark.output().get("names").size()).isEqualTo(8);
  }

  @Test
  void requestsHoldTheirValues() throws Exception {
    HttpCallBenchmark benchmark = new HttpCallBenchmark();
    benchmark.compile();

    assertThat(benchmark.get().uri()).isEqualTo("/shipments/shipment-42?order=order-42");
    assertThat(Json.read(benchmark.post().body()).size()).isEqualTo(4);
  }

  @Test
  void bothLibrariesReadTheSame() throws Exception {
    JsonBenchmark benchmark = new JsonBenchmark();
    benchmark.read();

    assertThat(benchmark.readHere().size()).isEqualTo(benchmark.readPlainly().size());
    assertThat(benchmark.writeHere()).isEqualTo(benchmark.writePlainly());
  }

  @Test
  void answersNameEveryTask() throws Exception {
    ResultBenchmark benchmark = new ResultBenchmark();
    benchmark.workflow = "fan10";
    benchmark.execute();

    JsonNode answer = Json.read(benchmark.answer());

    assertThat(answer.get("tasks").size()).isEqualTo(10);
  }

  @Test
  void definitionsAreValidAndProofsAreWhatTheirNamesSay() throws Exception {
    PlanBenchmark plans = new PlanBenchmark();
    plans.read();
    new ProofBenchmark().read();

    assertThat(plans.validateAll().problems()).isEmpty();
    assertThat(plans.compileWorkflow().taskCount()).isEqualTo(10);
    assertThat(plans.compileTask().name().name()).isEqualTo("join-items");
  }
}
