package dev.millrace.perf.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.perf.process.ProcessorTime.Machine;
import dev.millrace.perf.process.ProcessorTime.OfProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessorTimeTest {

  @Test
  void readsUserAndSystemTimeOfAProcess() {
    String stat = "5065 (java) S 5061 5061 3323 0 -1 4194304 98 0 0 0 150 50 20 5 20 0 1 0 65333\n";

    OfProcess time = ProcessorTime.parseProcess(stat);

    assertThat(time).isEqualTo(new OfProcess(2.0, 0.25));
  }

  @Test
  void isNotMisledByAProcessNameWithBlanksAndParentheses() {
    String stat = "7 (a) b (c) 9) S 1 1 1 0 -1 0 0 0 0 0 100 0 0 0 20 0 1 0 1\n";

    OfProcess time = ProcessorTime.parseProcess(stat);

    assertThat(time.own()).isEqualTo(1.0);
  }

  @Test
  void countsBusyTimeOfTheMachineWithoutIdleAndWaiting() {
    String stat = "cpu  100 10 20 5000 400 3 7 60 0 0\ncpu0 50 5 10 2500 200 1 3 30 0 0\n";

    Machine machine = ProcessorTime.parseMachine(stat);

    assertThat(machine).isEqualTo(new Machine(1.4, 0.6));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void readsThisProcessAndThisMachine() throws Exception {
    assertThat(ProcessorTime.ofSelf().own()).isPositive();
    assertThat(ProcessorTime.ofMachine().busy()).isPositive();
  }
}
