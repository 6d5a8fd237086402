package dev.millrace.engine.validation;

import dev.millrace.engine.json.JsonPointers;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.schema.PathStep;
import dev.millrace.engine.schema.SchemaPaths;
import dev.millrace.engine.schema.SchemaView;
import dev.millrace.engine.schema.proof.Proof;
import dev.millrace.engine.template.Template;
import dev.millrace.engine.text.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Judges a template against the schema of the place that takes what it renders, part by part; owned
 * by one resource's validation, on its thread.
 *
 * <p>Objects and arrays whose schemas are plain are judged by their parts alone. Where a schema
 * looks at the value as a whole, the whole is proved too, and that proof is an edge of its own.
 */
final class StructureJudge {
  private static final int MOST_SOURCES_SHOWN = 5;

  /** Which codes the structure's own problems have. */
  enum Kind {
    TASK_INPUT,
    WORKFLOW_OUTPUT
  }

  private final Kind kind;
  private final String owner;
  private final Schemas schemas;
  private final Sources sources;
  private final EdgeJudge edges;
  private final TextJudge texts;
  private final Findings findings;
  private final Set<String> offered;

  /**
   * @param owner whose schema it is, for messages
   * @param offered names that the workflow's input has, to be proposed where one is missing
   */
  StructureJudge(
      Kind kind,
      String owner,
      Schemas schemas,
      Sources sources,
      EdgeJudge edges,
      Findings findings,
      Set<String> offered) {
    this.kind = kind;
    this.owner = owner;
    this.schemas = schemas;
    this.sources = sources;
    this.edges = edges;
    this.texts = new TextJudge(schemas, sources, edges, findings);
    this.findings = findings;
    this.offered = offered;
  }

  /** Judges a whole input or output. */
  void judge(Template template, SchemaView schema, String pointer) {
    String what = kind == Kind.TASK_INPUT ? "the input of " + owner : "the output of " + owner;
    judge(template, new Taker(schema, what, Taker.Absence.FORBIDDEN), pointer);
  }

  private void judge(Template template, Taker taker, String pointer) {
    if (template instanceof Template.Constant constant) {
      constant(constant.value(), taker, pointer);
    } else if (template instanceof Template.Value value) {
      edges.judge(value.expression(), taker, pointer);
    } else if (template instanceof Template.Text text) {
      texts.judge(text, taker, pointer);
    } else if (template instanceof Template.Members members) {
      members(template, members.members(), taker, pointer);
    } else if (template instanceof Template.Elements elements) {
      elements(template, elements.elements(), taker, pointer);
    } else {
      throw new IllegalStateException("Unknown template " + template.getClass());
    }
  }

  /** Literal objects and arrays are walked too: wrong names in them are mistakes as well. */
  private void constant(JsonNode value, Taker taker, String pointer) {
    if (value.isObject()) {
      List<Template.Member> members = new ArrayList<>(value.size());
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        members.add(new Template.Member(member.getKey(), new Template.Constant(member.getValue())));
      }
      members(new Template.Constant(value), members, taker, pointer);
    } else if (value.isArray()) {
      List<Template> elements = new ArrayList<>(value.size());
      value.forEach(element -> elements.add(new Template.Constant(element)));
      elements(new Template.Constant(value), elements, taker, pointer);
    } else {
      edges.judgeLiteral(value, taker, pointer);
    }
  }

  private void members(Template whole, List<Template.Member> members, Taker taker, String pointer) {
    SchemaView target = PlainSchema.target(taker.schema());
    if (!PlainSchema.allowsType(target, "object")) {
      wrongType("an object", taker, pointer);
      return;
    }
    Findings.Mark mark = findings.mark();
    Set<String> required = PlainSchema.required(target);
    missing(required, members, pointer);
    for (Template.Member member : members) {
      member(member, target, required.contains(member.name()), pointer);
    }
    if (!PlainSchema.isObject(target)) {
      whole(whole, taker, pointer, mark);
    }
  }

  private void missing(Set<String> required, List<Template.Member> members, String pointer) {
    Set<String> absent = new LinkedHashSet<>(required);
    members.forEach(member -> absent.remove(member.name()));
    for (String name : absent) {
      String mend =
          offered.contains(name)
              ? "Add " + name + ": \"{{input." + name + "}}\"."
              : "Add " + name + ".";
      findings.error(
          kind == Kind.TASK_INPUT ? ProblemCode.MissingInput : ProblemCode.TypeMismatch,
          pointer,
          kind == Kind.TASK_INPUT
              ? owner + " needs the input \"" + name + "\", which is not given"
              : "The outputSchema requires \"" + name + "\", which the mapping does not give",
          mend);
    }
  }

  private void member(Template.Member member, SchemaView target, boolean needed, String pointer) {
    String place = JsonPointers.child(pointer, member.name());
    SchemaPaths.Step step = SchemaPaths.resolve(target, List.of(new PathStep.Name(member.name())));
    if (step instanceof SchemaPaths.Unknown unknown) {
      unknown(member.name(), unknown, target, place);
      return;
    }
    Taker taker =
        new Taker(
            ((SchemaPaths.Found) step).schema(),
            "\"" + member.name() + "\" of " + owner,
            needed ? Taker.Absence.FORBIDDEN : Taker.Absence.LEFT_OUT);
    judge(member.value(), taker, place);
  }

  private void unknown(String name, SchemaPaths.Unknown unknown, SchemaView target, String place) {
    JsonNode others = target.node().path("additionalProperties");
    boolean closed = others.isBoolean() && !others.booleanValue();
    if (kind == Kind.WORKFLOW_OUTPUT && !closed) {
      return;
    }
    String nearest = findings.nearest(name, unknown.knownNames());
    String message =
        kind == Kind.TASK_INPUT
            ? owner + " takes no input \"" + name + "\""
            : "The outputSchema allows no property \"" + name + "\"";
    findings.errorAtName(
        kind == Kind.TASK_INPUT ? ProblemCode.UnknownInput : ProblemCode.TypeMismatch,
        place,
        nearest == null ? message : message + "; did you mean \"" + nearest + "\"?",
        nearest != null
            ? "Write " + nearest + " instead of " + name + "."
            : NearestName.suggestion(name, unknown.knownNames()));
  }

  private void elements(Template whole, List<Template> elements, Taker taker, String pointer) {
    SchemaView target = PlainSchema.target(taker.schema());
    if (!PlainSchema.allowsType(target, "array")) {
      wrongType("an array", taker, pointer);
      return;
    }
    Findings.Mark mark = findings.mark();
    boolean plain = PlainSchema.isArray(target) && hasRightSize(elements.size(), target);
    for (int i = 0; i < elements.size(); i++) {
      SchemaPaths.Step step = SchemaPaths.resolve(target, List.of(new PathStep.Index(i)));
      if (step instanceof SchemaPaths.Found found) {
        Taker item =
            new Taker(found.schema(), "item " + i + " of " + taker.label(), Taker.Absence.NULL);
        judge(elements.get(i), item, JsonPointers.child(pointer, i));
      } else {
        plain = false;
      }
    }
    if (!plain) {
      whole(whole, taker, pointer, mark);
    }
  }

  private static boolean hasRightSize(int size, SchemaView target) {
    return size >= target.node().path("minItems").asLong(0)
        && size <= target.node().path("maxItems").asLong(Long.MAX_VALUE);
  }

  private void wrongType(String type, Taker taker, String pointer) {
    findings.error(
        ProblemCode.TypeMismatch,
        pointer,
        "There is " + type + " here, but " + taker.label() + " takes none",
        "Its schema says type "
            + PlainSchema.target(taker.schema()).node().path("type")
            + "; write a value of such a type.");
  }

  /** Proves an object or array as a whole, after its parts were found to be right. */
  private void whole(Template template, Taker taker, String pointer, Findings.Mark mark) {
    if (findings.hasErrorsSince(mark)) {
      return;
    }
    if (template instanceof Template.Constant constant) {
      edges.judgeLiteral(constant.value(), taker, pointer);
      return;
    }
    Reads reads = Reads.of(template, sources, pointer);
    if (!reads.complete()) {
      return;
    }
    JsonNode shape = RenderedShape.of(template, pointer, sources, edges, schemas);
    Proof proof = schemas.prove(SchemaView.of(shape), taker.schema());
    if (proof instanceof Proof.Proved) {
      findings.settle(mark);
      findings.edge(reads.text(MOST_SOURCES_SHOWN), pointer, Verdict.PROVED, null);
    } else if (proof instanceof Proof.Refuted refuted && reads.independent()) {
      findings.edge(reads.text(MOST_SOURCES_SHOWN), pointer, Verdict.REFUTED, refuted.witness());
      findings.error(
          ProblemCode.TypeMismatch,
          pointer,
          "This may become "
              + Taker.shown(refuted.witness())
              + ", which does not fit "
              + taker.label()
              + ": it "
              + edges.reason(taker.schema(), refuted.witness()),
          "Give other values, or change one of the schemas so that they agree.");
    } else {
      findings.edge(reads.text(MOST_SOURCES_SHOWN), pointer, Verdict.UNPROVED, null);
      findings.warning(
          ProblemCode.UnprovedType,
          pointer,
          "It could not be proved that this always fits "
              + taker.label()
              + " as a whole; it is checked at run time",
          "Make the schemas say more.");
    }
  }
}
