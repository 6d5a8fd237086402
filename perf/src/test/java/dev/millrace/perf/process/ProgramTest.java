package dev.millrace.perf.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTest {

  @Test
  void readsResidentMemoryAsLinuxWritesIt() {
    assertThat(Program.residentBytes("Name:\tjava\nVmRSS:\t  204800 kB\nThreads:\t20\n"))
        .isEqualTo(200L << 20);
  }

  @Test
  void givesTheMeasuredProgramTheLastProcessor() {
    assertThat(Processors.apart(1)).isEqualTo(Processors.SHARED);
    assertThat(Processors.apart(2).measured()).isEqualTo(List.of("taskset", "-c", "1"));
    assertThat(Processors.apart(2).others()).isEqualTo(List.of("taskset", "-c", "0"));
    assertThat(Processors.apart(8).others()).isEqualTo(List.of("taskset", "-c", "0-6"));
  }
}
