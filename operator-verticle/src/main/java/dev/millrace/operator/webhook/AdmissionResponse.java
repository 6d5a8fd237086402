package dev.millrace.operator.webhook;

import java.util.List;
import java.util.Objects;

/**
 * The answer to the API server; made by {@link AdmissionJudge}, immutable.
 *
 * @param message why not, for a person at a terminal; null when it is allowed
 * @param warnings shown by kubectl, one a line
 */
record AdmissionResponse(
    String uid, boolean allowed, String message, String reason, List<String> warnings) {
  AdmissionResponse {
    Objects.requireNonNull(uid);
    warnings = List.copyOf(warnings);
  }

  static AdmissionResponse allowed(String uid, List<String> warnings) {
    return new AdmissionResponse(uid, true, null, null, warnings);
  }

  /**
   * A refusal.
   *
   * @param reason a word for machines, such as a problem's code
   */
  static AdmissionResponse denied(
      String uid, String reason, String message, List<String> warnings) {
    return new AdmissionResponse(uid, false, message, reason, warnings);
  }
}
