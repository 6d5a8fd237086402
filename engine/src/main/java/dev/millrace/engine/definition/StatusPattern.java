package dev.millrace.engine.definition;

/**
 * A set of HTTP statuses: one code or a class such as {@code 2xx}.
 *
 * @param low the lowest status that matches
 * @param high the highest status that matches
 */
public record StatusPattern(int low, int high) {
  /** The default of {@code successStatus}. */
  public static final StatusPattern SUCCESS = new StatusPattern(200, 299);

  /** Whether the status is in the set. */
  public boolean matches(int status) {
    return status >= low && status <= high;
  }

  @Override
  public String toString() {
    return low == high ? Integer.toString(low) : low / 100 + "xx";
  }
}
