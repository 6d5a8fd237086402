package dev.millrace.engine.schema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.AnnotationKeyword;
import com.networknt.schema.path.PathType;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import dev.millrace.engine.schema.pattern.EcmaPattern;
import dev.millrace.engine.schema.pattern.PatternSyntaxProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How networknt is set up: no resource is ever loaded, formats are asserted, patterns are RE2/J's
 * and the work of one validation is bounded; shared by all threads.
 */
final class ValidatorRegistry {
  private static final long MOST_STEPS = 5_000_000;
  private static final int DEEPEST = 1_000;

  /** Keywords that only describe; networknt checks some of them, and logs the schema of others. */
  private static final List<AnnotationKeyword> DESCRIPTIONS =
      List.of(
          new AnnotationKeyword("readOnly"),
          new AnnotationKeyword("writeOnly"),
          new AnnotationKeyword("contentEncoding"),
          new AnnotationKeyword("contentMediaType"),
          new AnnotationKeyword("contentSchema"));

  private static final Dialect DIALECT =
      Dialect.builder(Dialects.getDraft202012())
          .formats(SchemaFormats.replacements())
          .keywords(List.of(ExactBound.values()))
          .keywords(DESCRIPTIONS)
          .unknownKeywordFactory((keyword, context) -> new AnnotationKeyword(keyword))
          .build();
  private static final SchemaRegistryConfig CONFIG =
      SchemaRegistryConfig.builder()
          .formatAssertionsEnabled(true)
          .pathType(PathType.JSON_POINTER)
          .regularExpressionFactory(new LinearTimePatterns())
          .locale(Locale.ROOT)
          .build();
  private static final ExecutionConfig BOUNDED =
      ExecutionConfig.builder()
          .formatAssertionsEnabled(true)
          .maxEvaluationSteps(MOST_STEPS)
          .maxEvaluationDepth(DEEPEST)
          .build();
  private static final Schema META_SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(SchemaLocation.of(Dialects.getDraft202012().getId()));

  private ValidatorRegistry() {}

  /** Compiles a schema that {@link SchemaChecker} found nothing wrong with. */
  static Schema compile(JsonNode schema) {
    // A registry of its own: networknt caches what it compiles, and users' schemas come and go.
    SchemaRegistry registry =
        SchemaRegistry.withDialect(
            DIALECT,
            builder ->
                builder
                    .schemaRegistryConfig(CONFIG)
                    .schemaCacheEnabled(false)
                    .schemaLoader(loader -> loader.block(location -> true)));
    Schema compiled = registry.getSchema(withoutIdentity(schema));
    compiled.initializeValidators();
    return compiled;
  }

  /** What the meta-schema finds wrong. */
  static List<SchemaProblem> problemsByMetaSchema(JsonNode schema) {
    List<SchemaProblem> problems = new ArrayList<>();
    for (Error error : META_SCHEMA.validate(schema)) {
      SchemaError readable = ErrorMessages.of(error);
      problems.add(new SchemaProblem(readable.path(), readable.message(), null));
    }
    return problems;
  }

  private static JsonNode withoutIdentity(JsonNode schema) {
    if (!schema.has("$id") && !schema.has("$schema")) {
      return schema;
    }
    ObjectNode copy = ((ObjectNode) schema).deepCopy();
    copy.remove(List.of("$id", "$schema"));
    return copy;
  }

  /** The bounds of one validation. */
  static ExecutionContext boundedExecution() {
    return new ExecutionContext(BOUNDED);
  }

  private static final class LinearTimePatterns implements RegularExpressionFactory {
    @Override
    public RegularExpression getRegularExpression(String regex) {
      try {
        return EcmaPattern.parse(regex)::matches;
      } catch (PatternSyntaxProblem refused) {
        throw new IllegalArgumentException(refused);
      }
    }

    @Override
    public RegularExpression getRegularExpression(String regex, SchemaContext context) {
      return getRegularExpression(regex);
    }
  }
}
