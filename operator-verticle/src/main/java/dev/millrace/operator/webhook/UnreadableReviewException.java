package dev.millrace.operator.webhook;

/** Tells what is wrong with a review that cannot be judged; expected, so without a stack trace. */
final class UnreadableReviewException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String uid;

  /**
   * Makes one.
   *
   * @param uid of the request; null where not even that could be read
   */
  UnreadableReviewException(String uid, String message) {
    super(message, null, false, false);
    this.uid = uid;
  }

  /** Of the request that can be answered; null where there is none. */
  String uid() {
    return uid;
  }
}
