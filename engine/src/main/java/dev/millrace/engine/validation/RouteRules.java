package dev.millrace.engine.validation;

import dev.millrace.engine.definition.RouteSpec;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.schema.PathStep;
import dev.millrace.engine.schema.SchemaPaths;
import dev.millrace.engine.schema.SchemaView;
import dev.millrace.engine.schema.proof.Proof;
import dev.millrace.engine.text.NearestName;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What routes must look like, and that no two workflows share one; owned by the {@link
 * SetValidation}, on its thread.
 *
 * <p>The routes of all namespaces meet under {@code /run}.
 */
final class RouteRules {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String ROUTE = "/spec/route";
  private static final String PATH = "/spec/route/path";
  private static final int MOST_SEGMENTS = 32;
  private static final SchemaView SCALAR = SchemaView.of(scalar());
  private static final SchemaView SCALARS = SchemaView.of(scalarOrArray());

  private final Schemas schemas;
  private final Map<String, ResourceName> taken = new HashMap<>();

  RouteRules(Schemas schemas) {
    this.schemas = schemas;
  }

  /**
   * Reports what is wrong with a workflow's route.
   *
   * @param input the workflow's input schema; null where it has problems of its own
   */
  void check(RouteSpec route, SchemaView input, Findings findings) {
    Set<String> parameters = new LinkedHashSet<>();
    String shape = shape(route.path(), parameters, findings);
    if (shape == null) {
      return;
    }
    if (input != null) {
      parameters.forEach(name -> parameter(name, input, findings));
      if (!route.method().takesBody()) {
        undeliverable(route, parameters, input, findings);
      }
    }
    ResourceName owner = findings.resource().name();
    ResourceName other = taken.putIfAbsent(route.method() + " " + shape, owner);
    if (other != null && !other.equals(owner)) {
      findings.error(
          ProblemCode.RouteConflict,
          ROUTE,
          route.method() + " " + route.path() + " is already the route of " + other,
          "Give one of them another path; names of parameters make no difference, and the routes"
              + " of all namespaces stand side by side under /run.");
    }
  }

  /** The path with its parameters' names taken out, or null where the path is not valid. */
  private static String shape(String path, Set<String> parameters, Findings findings) {
    if (path.contains("{{")) {
      findings.error(
          ProblemCode.InvalidTemplate,
          PATH,
          "A template may not stand in a route",
          "A path parameter is written {name}; it becomes the input of that name.");
      return null;
    }
    if (!path.startsWith("/")) {
      return invalid("A route's path begins with /", "Write /" + path + ".", findings);
    }
    if (path.length() == 1) {
      return invalid("A route needs a path", "Write a path such as /orders/{id}.", findings);
    }
    String[] segments = path.substring(1).split("/", -1);
    if (segments.length > MOST_SEGMENTS) {
      return invalid(
          "The path has more than " + MOST_SEGMENTS + " segments", "Shorten it.", findings);
    }
    StringBuilder shape = new StringBuilder();
    boolean valid = true;
    for (String segment : segments) {
      boolean parameter = segment.startsWith("{") && segment.endsWith("}") && segment.length() > 2;
      String name = parameter ? segment.substring(1, segment.length() - 1) : segment;
      if (parameter && name.indexOf('{') < 0 && name.indexOf('}') < 0) {
        if (!parameters.add(name)) {
          invalid("The parameter {" + name + "} stands in the path twice", "Rename one.", findings);
          valid = false;
        }
        shape.append("/{}");
      } else {
        valid &= isLiteral(segment, findings);
        shape.append('/').append(segment);
      }
    }
    return valid ? shape.toString() : null;
  }

  private static boolean isLiteral(String segment, Findings findings) {
    if (segment.isEmpty()) {
      invalid(
          "The path has an empty segment", "Leave out the slash that is one too many.", findings);
      return false;
    }
    if (segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0) {
      invalid(
          "The segment \"" + segment + "\" mixes text and braces",
          "A parameter is a whole segment, written {name}.",
          findings);
      return false;
    }
    boolean plain =
        segment
            .chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || "-._~".indexOf(c) >= 0);
    if (!plain || segment.equals(".") || segment.equals("..")) {
      invalid(
          "The segment \"" + segment + "\" may not stand in a route",
          "Use letters, digits, \"-\", \".\", \"_\" and \"~\".",
          findings);
      return false;
    }
    return true;
  }

  private void parameter(String name, SchemaView input, Findings findings) {
    SchemaPaths.Step step = SchemaPaths.resolve(input, List.of(new PathStep.Name(name)));
    if (step instanceof SchemaPaths.Unknown unknown) {
      String nearest = findings.nearest(name, unknown.knownNames());
      invalid(
          "The inputSchema has no property \""
              + name
              + "\" for {"
              + name
              + "}"
              + (nearest == null ? "" : "; did you mean \"" + nearest + "\"?"),
          nearest == null
              ? NearestName.suggestion(name, unknown.knownNames())
              : "Write {" + nearest + "}.",
          findings);
    } else if (refuted(((SchemaPaths.Found) step).schema(), SCALAR)) {
      invalid(
          "The path parameter {" + name + "} cannot become the input \"" + name + "\"",
          "Give \"" + name + "\" the type string, integer, number or boolean.",
          findings);
    }
  }

  private void undeliverable(
      RouteSpec route, Set<String> parameters, SchemaView input, Findings findings) {
    for (String name : PlainSchema.required(input)) {
      SchemaPaths.Step step = SchemaPaths.resolve(input, List.of(new PathStep.Name(name)));
      if (!parameters.contains(name)
          && step instanceof SchemaPaths.Found found
          && refuted(found.schema(), SCALARS)) {
        findings.error(
            ProblemCode.InvalidRoute,
            ROUTE,
            "A "
                + route.method()
                + " request has no body, so it cannot bring the required input \""
                + name
                + "\"",
            "Use POST, or make \"" + name + "\" a scalar, an array of scalars, or optional.");
      }
    }
  }

  private boolean refuted(SchemaView place, SchemaView target) {
    return schemas.prove(place, target) instanceof Proof.Refuted;
  }

  private static String invalid(String message, String suggestion, Findings findings) {
    findings.error(ProblemCode.InvalidRoute, PATH, message, suggestion);
    return null;
  }

  private static ObjectNode scalar() {
    ArrayNode types = JSON.arrayNode().add("string").add("number").add("boolean").add("null");
    ObjectNode schema = JSON.objectNode();
    schema.set("type", types);
    return schema;
  }

  private static ObjectNode scalarOrArray() {
    ObjectNode array = JSON.objectNode().put("type", "array");
    array.set("items", scalar());
    ObjectNode schema = JSON.objectNode();
    schema.set("anyOf", JSON.arrayNode().add(scalar()).add(array));
    return schema;
  }
}
