package dev.millrace.app.faults;

import java.util.List;

/**
 * One task of a {@link Shape}.
 *
 * @param id also the name of the service that it calls
 * @param effect whether it is a POST that hands in the receipts of those before it; else a GET
 * @param after the steps that it depends on
 * @param tolerant whether the workflow goes on without it when it fails
 */
record Step(String id, boolean effect, List<String> after, boolean tolerant) {
  Step {
    after = List.copyOf(after);
  }

  static Step look(String id, String... after) {
    return new Step(id, false, List.of(after), false);
  }

  static Step act(String id, String... after) {
    return new Step(id, true, List.of(after), false);
  }

  static Step actIfPossible(String id, String... after) {
    return new Step(id, true, List.of(after), true);
  }
}
