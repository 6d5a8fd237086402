package dev.millrace.gateway.assets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/** Where the files of Swagger UI and the dashboard lie on the class path; read once per process. */
final class WebJars {
  private static final String SWAGGER_PROPERTIES =
      "META-INF/maven/org.webjars/swagger-ui/pom.properties";

  /** Our own page first, then what it uses of Swagger UI. */
  static final List<ClasspathAssets> DOCS =
      List.of(
          new ClasspathAssets("META-INF/millrace-docs/"),
          new ClasspathAssets("META-INF/resources/webjars/swagger-ui/" + swaggerVersion() + "/"));

  static final List<ClasspathAssets> UI = List.of(new ClasspathAssets("META-INF/millrace-ui/"));

  private WebJars() {}

  private static String swaggerVersion() {
    try (InputStream stream =
        WebJars.class.getClassLoader().getResourceAsStream(SWAGGER_PROPERTIES)) {
      if (stream == null) {
        throw new IllegalStateException("Swagger UI is not on the class path");
      }
      Properties properties = new Properties();
      properties.load(stream);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
