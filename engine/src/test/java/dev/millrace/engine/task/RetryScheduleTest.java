package dev.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {
  private static long delay(double jitter, int made, long retryAfter, long remaining) {
    var policy =
        new RetryPolicy(20, Duration.ofMillis(100), 2.0, Duration.ofSeconds(2), jitter, List.of());
    return RetrySchedule.delayMillis(
        policy, made, retryAfter, remaining, new SplittableRandom(made));
  }

  @ParameterizedTest
  @CsvSource({
    "1,-1,10000,100", "2,-1,10000,200", "3,-1,10000,400", "20,-1,10000,2000",
    "5,-1,1010,1000", "5,-1,110,100", "5,-1,109,-1", "1,-1,9,-1",
    "1,5000,10000,5000", "1,5000,5009,-1", "1,0,10,0"
  })
  void growsAndFits(int made, long retryAfter, long remaining, long expected) {
    assertThat(delay(0, made, retryAfter, remaining)).isEqualTo(expected);
  }

  @Test
  void variesWithinItsBounds() {
    for (int made = 1; made <= 20; made++) {
      double grown = Math.min(100 * Math.pow(2, made - 1), 2000);
      assertThat(delay(0.2, made, RetryAfter.NONE, 100_000))
          .isBetween(Math.round(grown * 0.8), Math.min(Math.round(grown * 1.2), 2000));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3,3000",
    "' 0 ',0",
    "99999999999,31622400000",
    "-1,-1",
    "1.5,-1",
    "'',-1",
    ",-1",
    "soon,-1",
    "99999999999999999999,-1",
    "'Thu, 01 Jan 1970 00:00:10 GMT',9000",
    "'Thu, 01 Jan 1970 00:00:00 GMT',0",
    "'Fri, 31 Dec 9999 23:59:59 GMT',31622400000"
  })
  void readsRetryAfter(String header, long expected) {
    assertThat(RetryAfter.millis(header, 1000)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01,true",
    "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more,true",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more,false",
    "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01,false",
    "00-00000000000000000000000000000000-b7ad6b7169203331-01,false",
    "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01,false",
    "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01,false",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0,false",
    ",false"
  })
  void knowsTraces(String header, boolean valid) {
    assertThat(TraceParent.isValid(header)).isEqualTo(valid);
    if (valid) {
      String child = TraceParent.child(header, new SplittableRandom(1));
      assertThat(TraceParent.isValid(child)).isTrue();
      assertThat(child.substring(3, 35)).isEqualTo(header.substring(3, 35));
    }
  }
}
