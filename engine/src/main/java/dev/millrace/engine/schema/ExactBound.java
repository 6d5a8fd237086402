package dev.millrace.engine.schema;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import tools.jackson.databind.JsonNode;

/**
 * The four bounds of numbers, compared exactly; used by networknt in place of its own, which narrow
 * decimals to {@code long} where the type is integer and fail outside of its range.
 */
enum ExactBound implements Keyword {
  MINIMUM("minimum"),
  EXCLUSIVE_MINIMUM("exclusiveMinimum"),
  MAXIMUM("maximum"),
  EXCLUSIVE_MAXIMUM("exclusiveMaximum");

  private final String keyword;

  ExactBound(String keyword) {
    this.keyword = keyword;
  }

  @Override
  public String getValue() {
    return keyword;
  }

  @Override
  public KeywordValidator newValidator(
      SchemaLocation location, JsonNode bound, Schema parent, SchemaContext context) {
    return new Validator(this, location, bound, parent, context);
  }

  /** Whether a number that compares so to the bound is within it. */
  boolean holds(int comparison) {
    return switch (this) {
      case MINIMUM -> comparison >= 0;
      case EXCLUSIVE_MINIMUM -> comparison > 0;
      case MAXIMUM -> comparison <= 0;
      case EXCLUSIVE_MAXIMUM -> comparison < 0;
    };
  }

  private static final class Validator extends BaseKeywordValidator {
    private final NumberBound bound;

    Validator(
        ExactBound kind,
        SchemaLocation location,
        JsonNode bound,
        Schema parent,
        SchemaContext context) {
      super(kind, bound, location, parent, context);
      this.bound = new NumberBound(kind, bound);
    }

    @Override
    public void validate(
        ExecutionContext execution, JsonNode node, JsonNode root, NodePath location) {
      if (!node.isNumber() || bound.holdsFor(node)) {
        return;
      }
      execution.addError(
          error()
              .instanceNode(node)
              .instanceLocation(location)
              .evaluationPath(execution.getEvaluationPath())
              .locale(execution.getExecutionConfig().getLocale())
              .build());
    }
  }
}
