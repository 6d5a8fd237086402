package dev.millrace.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The official schema of OpenAPI 3.1 documents, its Schema Objects included, as published and taken
 * from the class path; for tests.
 */
final class OpenApiSchema {
  private static final String HOST = "https://spec.openapis.org/";
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(
              SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(OpenApiSchema::text))
          .getSchema(SchemaLocation.of(HOST + "oas/3.1/schema-base/2022-10-07"));

  private OpenApiSchema() {}

  /** Holds that a document is valid. */
  static void assertValid(String document) {
    assertThat(SCHEMA.validate(document, InputFormat.JSON)).isEmpty();
  }

  /** Holds that a document is not valid: the schema really judges. */
  static void assertInvalid(String document) {
    assertThat(SCHEMA.validate(document, InputFormat.JSON)).isNotEmpty();
  }

  private static String text(String address) {
    if (!address.startsWith(HOST)) {
      return null;
    }
    String path = "spec.openapis.org/" + address.substring(HOST.length());
    try (InputStream stream = OpenApiSchema.class.getClassLoader().getResourceAsStream(path)) {
      return stream == null ? null : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
