package dev.millrace.operator.testing;

/**
 * A new, empty namespace for one test; made by {@link ApiServer} for each parameter of this type.
 */
public record TestNamespace(String name) {
  @Override
  public String toString() {
    return name;
  }
}
