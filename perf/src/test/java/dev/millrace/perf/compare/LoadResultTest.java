package dev.millrace.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LoadResultTest {

  @Test
  void readsTheLineAmongWrksOwnOutput() {
    String output =
        """
        Running 10s test @ http://127.0.0.1:8080/
        Requests/sec:   7252.63
        perf-result {"requests":72526,"micros":10000123,"p50Micros":5100,"p99Micros":12345,"p999Micros":23456,\
        "connect":0,"read":0,"write":0,"status":0,"timeout":0}
        """;

    LoadResult result = LoadResult.parse(output);

    assertThat(result.requests()).isEqualTo(72_526);
    assertThat(result.seconds()).isEqualTo(10.000123);
    assertThat(result.p50Millis()).isEqualTo(5.1);
    assertThat(result.p99Millis()).isEqualTo(12.345);
    assertThat(result.p999Millis()).isEqualTo(23.456);
    assertThat(result.pace()).isEmpty();
    assertThat(result.errors()).isEmpty();
  }

  @Test
  void namesEveryKindOfError() {
    String output =
        "perf-result {\"requests\":9,\"micros\":1,\"p50Micros\":1,\"p99Micros\":1,\"p999Micros\":1,"
            + "\"connect\":0,\"read\":2,\"write\":0,\"status\":7,\"timeout\":1}";

    LoadResult result = LoadResult.parse(output);

    assertThat(result.errors())
        .containsExactly("7 answers with a status of 400 or more", "2 failed reads", "1 time-outs");
  }

  @Test
  void showsWhatWrkSaidWhenThereIsNoResult() {
    assertThatThrownBy(
            () -> LoadResult.parse("unable to connect to 127.0.0.1:1 Connection refused"))
        .hasMessageContaining("unable to connect to 127.0.0.1:1");
    assertThatThrownBy(() -> LoadResult.parse("perf-result {\"requests\":"))
        .hasMessageContaining("malformed result");
  }
}
