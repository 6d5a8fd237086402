package dev.millrace.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {

  private static final List<String> KNOWN = List.of("http.port", "http.host", "events");

  @Test
  void aTypingMistakeFindsItsName() {
    assertThat(NearestName.of("http.prot", KNOWN)).contains("http.port");
    assertThat(NearestName.of("EVENT", KNOWN)).contains("events");
  }

  @Test
  void anotherWordFindsNothing() {
    assertThat(NearestName.of("colour", KNOWN)).isEmpty();
    assertThat(NearestName.of("e".repeat(200), KNOWN)).isEmpty();
  }
}
