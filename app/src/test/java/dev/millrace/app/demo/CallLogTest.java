package dev.millrace.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CallLogTest {

  @Test
  void theOldestCallsAreForgotten() {
    CallLog log = new CallLog();

    for (int number = 0; number < CallLog.CAPACITY + 10; number++) {
      log.add(new CallLog.Call("now", "users", "GET", "/" + number, "200", null, null, null));
    }

    List<CallLog.Call> all = log.newest(Integer.MAX_VALUE);
    assertThat(all).hasSize(CallLog.CAPACITY);
    assertThat(all.get(0).uri()).isEqualTo("/1009");
    assertThat(all.get(all.size() - 1).uri()).isEqualTo("/10");
  }
}
