package dev.millrace.engine.validation;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.schema.PathStep;
import dev.millrace.engine.schema.SchemaError;
import dev.millrace.engine.schema.SchemaView;
import dev.millrace.engine.schema.proof.Proof;
import dev.millrace.engine.template.Expression;
import dev.millrace.engine.template.Fallback;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/**
 * Proves single template edges and says what is wrong with them; owned by one resource's
 * validation, on its thread.
 */
final class EdgeJudge {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEEPEST_INDEX = 100;

  private final Schemas schemas;
  private final Sources sources;
  private final Findings findings;

  EdgeJudge(Schemas schemas, Sources sources, Findings findings) {
    this.schemas = schemas;
    this.sources = sources;
    this.findings = findings;
  }

  /** The verdict on one source, with what there is to say about it. */
  private record Judgement(Verdict verdict, JsonNode witness, String reason) {}

  /** Judges an expression whose value, of whatever type, goes into a place. */
  void judge(Expression expression, Taker taker, String pointer) {
    Source source = sources.resolve(expression.path(), pointer);
    Source second = secondOf(expression, pointer);
    if (source != null) {
      boolean absent = mayBeAbsent(expression, source, second);
      judge(expression, source, expression.fallback() != null, absent, taker, pointer);
    }
    if (second != null) {
      judge(expression, second, false, false, taker, pointer);
    }
  }

  private Source secondOf(Expression expression, String pointer) {
    return expression.fallback() instanceof Fallback.Path path
        ? sources.resolve(path.path(), pointer)
        : null;
  }

  private void judge(
      Expression expression,
      Source source,
      boolean hasDefault,
      boolean absent,
      Taker taker,
      String pointer) {
    Judgement judgement = judge(source, hasDefault, taker.schema());
    JsonNode literal =
        hasDefault && expression.fallback() instanceof Fallback.Literal given
            ? given.value()
            : null;
    boolean literalFits = literal == null || schemas.accepts(taker.schema(), literal);
    boolean absenceFits =
        !absent
            || taker.absence() == Taker.Absence.LEFT_OUT
            || (taker.absence() == Taker.Absence.NULL
                && schemas.accepts(taker.schema(), NullNode.instance));
    Verdict verdict = literalFits && absenceFits ? judgement.verdict() : Verdict.REFUTED;
    JsonNode witness =
        judgement.verdict() == Verdict.REFUTED
            ? judgement.witness()
            : !literalFits
                ? literal
                : !absenceFits && taker.absence() == Taker.Absence.NULL ? NullNode.instance : null;
    findings.edge(source.text(), pointer, verdict, witness);
    if (judgement.verdict() == Verdict.REFUTED) {
      mismatch(expression, source, judgement.witness(), taker, pointer);
    } else if (judgement.verdict() == Verdict.UNPROVED) {
      unproved(source, judgement, taker, pointer);
    }
    if (!literalFits) {
      findings.error(
          ProblemCode.TypeMismatch,
          pointer,
          "The default "
              + Taker.shown(literal)
              + " of "
              + expression.text()
              + " does not fit "
              + taker.label()
              + ": it "
              + reason(taker.schema(), literal),
          "Give a default that fits.");
    }
    if (!absenceFits) {
      absence(expression, source, taker, pointer);
    }
  }

  /** Judges a source against a schema, without a word about it. */
  private Judgement judge(Source source, boolean hasDefault, SchemaView target) {
    SchemaView admitted = hasDefault ? schemas.nonNull(source.schema()) : source.schema();
    Proof proof = schemas.prove(admitted, target);
    if (proof instanceof Proof.Proved) {
      return new Judgement(Verdict.PROVED, null, null);
    }
    if (proof instanceof Proof.Unproved unproved) {
      return new Judgement(Verdict.UNPROVED, null, unproved.reason());
    }
    JsonNode witness = ((Proof.Refuted) proof).witness();
    return source.exact()
        ? new Judgement(Verdict.REFUTED, witness, null)
        : confirm(source, hasDefault, target);
  }

  /**
   * Proves the edge again over the whole document in which the source stands: the schema of the
   * place alone may admit a value that conditions elsewhere rule out.
   */
  private Judgement confirm(Source source, boolean hasDefault, SchemaView target) {
    SchemaBundle bundle = new SchemaBundle();
    JsonNode place = bundle.embed(target);
    if (hasDefault) {
      JsonNode orNull = JSON.objectNode().put("type", "null");
      place = JSON.objectNode().set("anyOf", JSON.arrayNode().add(place).add(orNull));
    }
    List<PathStep> steps = source.path().steps();
    for (int i = steps.size() - 1; i >= 0; i--) {
      place = at(steps.get(i), place);
      if (place == null) {
        return new Judgement(Verdict.UNPROVED, null, "the index is too large to look into");
      }
    }
    Proof proof = schemas.prove(source.document(), SchemaView.of(bundle.document(place)));
    if (proof instanceof Proof.Proved) {
      return new Judgement(Verdict.PROVED, null, null);
    }
    if (proof instanceof Proof.Refuted refuted) {
      JsonNode witness = refuted.witness();
      for (PathStep step : steps) {
        witness =
            step instanceof PathStep.Name name
                ? witness.path(name.name())
                : witness.path(((PathStep.Index) step).index());
      }
      return new Judgement(Verdict.REFUTED, witness, null);
    }
    return new Judgement(Verdict.UNPROVED, null, ((Proof.Unproved) proof).reason());
  }

  /** The schema of what holds such a place; null where that would be too large. */
  private static JsonNode at(PathStep step, JsonNode place) {
    if (step instanceof PathStep.Name name) {
      return JSON.objectNode().set("properties", JSON.objectNode().set(name.name(), place));
    }
    int index = ((PathStep.Index) step).index();
    if (index > DEEPEST_INDEX) {
      return null;
    }
    ArrayNode items = JSON.arrayNode();
    for (int i = 0; i < index; i++) {
      items.add(true);
    }
    return JSON.objectNode().set("prefixItems", items.add(place));
  }

  /** Whether an expression may yield nothing, its default considered. */
  boolean mayBeAbsent(Expression expression, String pointer) {
    Source source = sources.resolve(expression.path(), pointer);
    return source != null && mayBeAbsent(expression, source, secondOf(expression, pointer));
  }

  private boolean mayBeAbsent(Expression expression, Source source, Source second) {
    if (expression.fallback() == null) {
      return source.mayBeAbsent();
    }
    if (second == null || !second.mayBeAbsent()) {
      return false;
    }
    boolean needed =
        source.mayBeAbsent() || PlainSchema.allowsType(PlainSchema.target(source.schema()), "null");
    return needed && !oneIsThere(source, second);
  }

  /** Whether the document promises that one of two places is there and not null. */
  @SuppressWarnings("ReferenceEquality") // the very same document, not an equal one
  private boolean oneIsThere(Source first, Source second) {
    if (!first.path().root().equals(second.path().root())) {
      return false;
    }
    JsonNode notNull = JSON.objectNode().set("not", JSON.objectNode().put("type", "null"));
    JsonNode either =
        JSON.objectNode()
            .set(
                "anyOf",
                JSON.arrayNode()
                    .add(required(first.path().steps(), notNull))
                    .add(required(second.path().steps(), JSON.booleanNode(true))));
    return schemas.prove(first.document(), SchemaView.of(either)) instanceof Proof.Proved;
  }

  private static JsonNode required(List<PathStep> steps, JsonNode last) {
    JsonNode place = last;
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (!(steps.get(i) instanceof PathStep.Name name)) {
        return JSON.booleanNode(false);
      }
      place =
          JSON.objectNode()
              .put("type", "object")
              .set("required", JSON.arrayNode().add(name.name()))
              .set("properties", JSON.objectNode().set(name.name(), place));
    }
    return place;
  }

  private void mismatch(
      Expression expression, Source source, JsonNode witness, Taker taker, String pointer) {
    String suggestion =
        witness.isNull() && expression.fallback() == null
            ? withDefault(source, taker) + "or take null out of its schema."
            : "Read another value, or change one of the two schemas so that they agree.";
    findings.error(
        ProblemCode.TypeMismatch,
        pointer,
        source.text()
            + " may be "
            + Taker.shown(witness)
            + ", which does not fit "
            + taker.label()
            + ": it "
            + reason(taker.schema(), witness),
        suggestion);
  }

  private void unproved(Source source, Judgement judgement, Taker taker, String pointer) {
    findings.warning(
        ProblemCode.UnprovedType,
        pointer,
        "It could not be proved that "
            + source.text()
            + " always fits "
            + taker.label()
            + " ("
            + judgement.reason()
            + "); it is checked at run time",
        "Make the schema of one of the two say more.");
  }

  private void absence(Expression expression, Source source, Taker taker, String pointer) {
    String then =
        taker.absence() == Taker.Absence.NULL
            ? ", which puts null there, and " + taker.label() + " takes no null"
            : ", but " + taker.label() + " needs a value";
    findings.error(
        ProblemCode.MaybeAbsent,
        pointer,
        source.text()
            + (expression.fallback() == null
                ? " may be absent"
                : " may be null or absent, and its default may be absent too")
            + then,
        expression.fallback() == null
            ? withDefault(source, taker) + "or make it required in its schema."
            : "Make one of the two required in its schema.");
  }

  /** The begin of a mend; only scalars can be defaults. */
  private static String withDefault(Source source, Taker taker) {
    SchemaView target = PlainSchema.target(taker.schema());
    String[] samples = {"string", "\"...\"", "integer", "0", "number", "0", "boolean", "false"};
    for (int i = 0; i < samples.length; i += 2) {
      if (PlainSchema.allowsType(target, samples[i])) {
        return "Give a default, such as {{" + source.text() + " ?? " + samples[i + 1] + "}}, ";
      }
    }
    return "Read another value, ";
  }

  /** What a schema says against a value. */
  String reason(SchemaView schema, JsonNode value) {
    List<SchemaError> errors = schemas.errors(schema, value);
    if (errors.isEmpty()) {
      return "is refused";
    }
    SchemaError first = errors.get(0);
    return first.path().isEmpty() ? first.message() : first.message() + " at " + first.path();
  }

  /** Reports a literal that does not fit, with the place of each error inside of it. */
  void judgeLiteral(JsonNode value, Taker taker, String pointer) {
    for (SchemaError error : schemas.errors(taker.schema(), value)) {
      findings.error(
          ProblemCode.TypeMismatch,
          pointer + error.path(),
          (value.isContainer() ? "This value" : Json.toText(value))
              + " does not fit "
              + taker.label()
              + ": it "
              + error.message(),
          "Write a value that fits, or change the schema.");
    }
  }
}
