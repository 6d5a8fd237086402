package dev.millrace.engine.validation;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.schema.SchemaView;
import dev.millrace.engine.schema.proof.Proof;
import dev.millrace.engine.template.Expression;
import dev.millrace.engine.template.Template;
import dev.millrace.engine.template.TextPart;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Judges strings into which values are put; owned by one resource's validation, on its thread.
 *
 * <p>Two things are to be proved: that each value can stand in a text, and that the text fits.
 */
final class TextJudge {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** What can stand in a text. */
  static final SchemaView SCALAR =
      SchemaView.of(
          JSON.objectNode()
              .set("type", JSON.arrayNode().add("string").add("number").add("boolean")));

  /** What nothing fits: a value that does not fit it is just any value. */
  private static final SchemaView NOTHING = SchemaView.of(JSON.booleanNode(false));

  private final Schemas schemas;
  private final Sources sources;
  private final EdgeJudge edges;
  private final Findings findings;

  TextJudge(Schemas schemas, Sources sources, EdgeJudge edges, Findings findings) {
    this.schemas = schemas;
    this.sources = sources;
    this.edges = edges;
    this.findings = findings;
  }

  /** Judges the values of a text that may be any text. */
  void judgeHoles(Template.Text text, String label, String pointer) {
    for (TextPart part : text.parts()) {
      if (part instanceof TextPart.Hole hole) {
        judgeHole(hole.expression(), label, pointer);
      }
    }
  }

  /** Judges a value that is put into a text. */
  void judgeHole(Expression expression, String label, String pointer) {
    edges.judge(expression, new Taker(SCALAR, label, Taker.Absence.FORBIDDEN), pointer);
  }

  /** Judges a text that goes into a place. */
  void judge(Template.Text text, Taker taker, String pointer) {
    Findings.Mark mark = findings.mark();
    judgeHoles(text, "a text", pointer);
    if (findings.hasErrorsSince(mark)) {
      return;
    }
    TextShape shape =
        TextShape.of(
            text, expression -> RenderedShape.holeOf(expression, pointer, sources, schemas));
    Proof proof = schemas.prove(SchemaView.of(shape.schema()), taker.schema());
    if (proof instanceof Proof.Proved) {
      return;
    }
    JsonNode witness = witness(proof, shape, text, taker, pointer);
    findings.judgeAgain(mark, witness == null ? Verdict.UNPROVED : Verdict.REFUTED, witness);
    if (witness != null) {
      findings.error(
          ProblemCode.TypeMismatch,
          pointer,
          "This text may become "
              + Taker.shown(witness)
              + ", which does not fit "
              + taker.label()
              + ": it "
              + edges.reason(taker.schema(), witness),
          PlainSchema.allowsType(PlainSchema.target(taker.schema()), "string")
              ? "Write another text, or change the schema."
              : "Let the string be exactly one template: then it keeps the type of its value.");
    } else {
      findings.warning(
          ProblemCode.UnprovedType,
          pointer,
          "It could not be proved that this text always fits "
              + taker.label()
              + "; it is checked at run time",
          "Make the schemas say more.");
    }
  }

  /** A text that can really come and does not fit, or null where none is known. */
  private JsonNode witness(
      Proof proof, TextShape shape, Template.Text text, Taker taker, String pointer) {
    if (proof instanceof Proof.Refuted refuted && shape.exact()) {
      return refuted.witness();
    }
    JsonNode sample = sample(text, pointer);
    return sample == null || schemas.accepts(taker.schema(), sample) ? null : sample;
  }

  /** A text that can really come, or null where it is not known which. */
  private JsonNode sample(Template.Text text, String pointer) {
    if (!Reads.of(text, sources, pointer).independent()) {
      return null;
    }
    StringBuilder sample = new StringBuilder();
    for (TextPart part : text.parts()) {
      if (part instanceof TextPart.Literal literal) {
        sample.append(literal.text());
        continue;
      }
      Expression expression = ((TextPart.Hole) part).expression();
      Source source = sources.resolve(expression.path(), pointer);
      SchemaView admitted = source == null ? NOTHING : schemas.nonNull(source.schema());
      if (!(schemas.prove(admitted, NOTHING) instanceof Proof.Refuted refuted)) {
        return null;
      }
      JsonNode value = refuted.witness();
      sample.append(value.isString() ? value.stringValue() : Json.toText(value));
    }
    return JSON.stringNode(sample.toString());
  }
}
