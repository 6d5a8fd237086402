package dev.millrace.perf.benchmark;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What networknt alone needs to validate a small order document: what the engine pays for values
 * that its quick match does not know. Owned by JMH, runs on its benchmark thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SchemaValidationBenchmark {

  private static final String ORDER_SCHEMA =
      """
      {
        "type": "object",
        "required": ["id", "customer", "lines", "totalCents"],
        "properties": {
          "id": { "type": "string", "minLength": 1 },
          "customer": {
            "type": "object",
            "required": ["id", "email"],
            "properties": {
              "id": { "type": "string" },
              "email": { "type": "string", "maxLength": 254 }
            }
          },
          "lines": {
            "type": "array",
            "minItems": 1,
            "items": {
              "type": "object",
              "required": ["sku", "quantity", "priceCents"],
              "properties": {
                "sku": { "type": "string" },
                "quantity": { "type": "integer", "minimum": 1 },
                "priceCents": { "type": "integer", "minimum": 0 }
              }
            }
          },
          "totalCents": { "type": "integer", "minimum": 0 }
        }
      }
      """;

  private static final String ORDER =
      """
      {
        "id": "order-42",
        "customer": { "id": "42", "email": "user-42@example.com" },
        "lines": [
          { "sku": "item-1", "quantity": 2, "priceCents": 1299 },
          { "sku": "item-2", "quantity": 1, "priceCents": 499 }
        ],
        "totalCents": 3097
      }
      """;

  private Schema schema;
  private JsonNode valid;
  private JsonNode invalid;

  /** Compiles the schema and checks that the two documents are what their names say. */
  @Setup
  public void compile() {
    JsonMapper mapper = JsonMapper.shared();
    schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(mapper.readTree(ORDER_SCHEMA));
    valid = mapper.readTree(ORDER);
    invalid = mapper.readTree(ORDER.replace("\"quantity\": 1", "\"quantity\": 0"));
    if (!schema.validate(valid).isEmpty() || schema.validate(invalid).size() != 1) {
      throw new IllegalStateException("the benchmark's documents no longer fit its schema");
    }
  }

  @Benchmark
  public List<Error> validOrder() {
    return schema.validate(valid);
  }

  @Benchmark
  public List<Error> invalidOrder() {
    return schema.validate(invalid);
  }
}
