package dev.millrace.perf.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class MeasurementsTest {

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
  void namesTheOptionThatIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Options(20, 15, 0, 200, 32, Options.Bound.ADMISSION))
        .withMessage("--minutes: must be between 1 and 600, not 0");
  }
}
