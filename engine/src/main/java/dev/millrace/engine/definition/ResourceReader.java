package dev.millrace.engine.definition;

/**
 * Reads texts into resources: the one parser of directory, cluster, webhook and command line;
 * stateless, usable on any thread.
 */
public final class ResourceReader {
  private ResourceReader() {}

  /**
   * Reads every document of a YAML or JSON text.
   *
   * @param sourceName what positions and problems call the text, such as a file's name
   * @param defaultNamespace of resources that name none
   */
  public static ReadResult read(String sourceName, String text, String defaultNamespace) {
    throw new UnsupportedOperationException();
  }
}
