package dev.millrace.engine.validation;

import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.schema.PathStep;
import dev.millrace.engine.schema.SchemaPaths;
import dev.millrace.engine.schema.SchemaView;
import dev.millrace.engine.template.TemplatePath;
import dev.millrace.engine.template.TemplateRoot;
import dev.millrace.engine.text.NearestName;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the templates of one resource can read; owned by that resource's validation, on its thread.
 */
final class Sources {
  /**
   * Where paths start.
   *
   * @param reader what is said of it in front of "no ...", such as {@code fetch-user yields}
   * @param schema null where it is not known, because its owner has problems of its own
   */
  record Root(String reader, SchemaView schema) {}

  private final Root input;
  private final Map<String, Root> outputs = new HashMap<>();
  private final IdentityHashMap<TemplatePath, Source> resolved = new IdentityHashMap<>();
  private final Findings findings;

  Sources(Root input, Findings findings) {
    this.input = input;
    this.findings = findings;
  }

  /** Adds the output of a task; the first task of an id counts. */
  void addOutput(String taskId, Root root) {
    outputs.putIfAbsent(taskId, root);
  }

  /**
   * What a path reads, or null where that cannot be told. The reason is then reported: by this, the
   * first time that the path is seen, or by whoever found its start missing.
   */
  Source resolve(TemplatePath path, String pointer) {
    if (!resolved.containsKey(path)) {
      resolved.put(path, walk(path, pointer));
    }
    return resolved.get(path);
  }

  private Source walk(TemplatePath path, String pointer) {
    Root root =
        path.root() instanceof TemplateRoot.TaskOutput output
            ? outputs.get(output.taskId())
            : input;
    if (root == null || root.schema() == null) {
      return null;
    }
    SchemaView place = root.schema();
    boolean mayBeAbsent = false;
    boolean exact = true;
    for (int i = 0; i < path.steps().size(); i++) {
      PathStep step = path.steps().get(i);
      SchemaView target = PlainSchema.target(place);
      exact &=
          step instanceof PathStep.Name
              ? PlainSchema.isObject(target)
              : PlainSchema.isArray(target);
      SchemaPaths.Step next = SchemaPaths.resolve(place, List.of(step));
      if (next instanceof SchemaPaths.Unknown unknown) {
        report(path, i, root, unknown, pointer);
        return null;
      }
      SchemaPaths.Found found = (SchemaPaths.Found) next;
      place = found.schema();
      mayBeAbsent |= found.mayBeAbsent();
    }
    return new Source(path, root.schema(), place, mayBeAbsent, exact);
  }

  private void report(
      TemplatePath path, int at, Root root, SchemaPaths.Unknown unknown, String pointer) {
    String whole = PathText.of(path);
    String parent = at == 0 ? "" : " in " + PathText.of(path, at);
    if (!(path.steps().get(at) instanceof PathStep.Name) || isAboutType(unknown)) {
      String reason = unknown.reason() + (at == 0 ? "" : " (" + PathText.of(path, at) + ")");
      findings.error(
          ProblemCode.UnknownPath,
          pointer,
          whole + ": " + reason,
          "Read " + PathText.of(path, at) + " as it is, or correct the schema.");
      return;
    }
    String nearest = findings.nearest(unknown.name(), unknown.knownNames());
    String message = whole + ": " + root.reader() + " no \"" + unknown.name() + "\"" + parent;
    findings.error(
        ProblemCode.UnknownPath,
        pointer,
        nearest == null ? message : message + "; did you mean \"" + nearest + "\"?",
        nearest != null
            ? "Write " + PathText.mended(path, at, nearest) + "."
            : NearestName.suggestion(unknown.name(), unknown.knownNames()));
  }

  private static boolean isAboutType(SchemaPaths.Unknown unknown) {
    return unknown.knownNames().isEmpty() && !unknown.reason().startsWith("the schema");
  }
}
