package dev.millrace.perf.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementsTest {

  @Test
  void readsResidentMemoryAsLinuxWritesIt() {
    assertThat(Program.residentBytes("Name:\tjava\nVmRSS:\t  204800 kB\nThreads:\t20\n"))
        .isEqualTo(200L << 20);
  }

  @Test
  void addsUpTheGenerationsOfTheSerialCollector() {
    String info =
        """
        4711:
         def new generation   total 19648K, used 512K [0x1, 0x2, 0x3)
          eden space 17472K,   2% used [0x1, 0x2, 0x3)
         tenured generation   total 43712K, used 15872K [0x1, 0x2, 0x3)
         Metaspace       used 30000K, committed 31000K, reserved 1073152K
          class space    used 3000K, committed 3100K, reserved 1048576K
        """;

    assertThat(MemoryWatch.usedBytes(info)).isEqualTo(16L << 20);
  }

  @Test
  void refusesAHeapThatItCannotRead() {
    assertThatIllegalStateException()
        .isThrownBy(() -> MemoryWatch.usedBytes("no such process"))
        .withMessageContaining("no such process");
  }

  @Test
  void givesTheMeasuredProgramTheLastProcessor() {
    assertThat(Processors.apart(1)).isEqualTo(Processors.SHARED);
    assertThat(Processors.apart(2).measured()).isEqualTo(List.of("taskset", "-c", "1"));
    assertThat(Processors.apart(2).others()).isEqualTo(List.of("taskset", "-c", "0"));
    assertThat(Processors.apart(8).others()).isEqualTo(List.of("taskset", "-c", "0-6"));
  }

  @Test
  void namesTheOptionThatIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Options(20, 15, 0, 200, 32, Options.Bound.ADMISSION))
        .withMessage("--minutes: must be between 1 and 600, not 0");
  }
}
