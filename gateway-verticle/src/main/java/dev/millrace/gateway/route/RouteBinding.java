package dev.millrace.gateway.route;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureException;
import dev.millrace.engine.schema.SchemaError;
import dev.millrace.gateway.http.PathPattern;
import dev.millrace.gateway.http.PathTable;
import dev.millrace.gateway.http.QueryParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One workflow behind one route: whom to call, and how its input is put together; immutable.
 *
 * @param pattern the route's path with the names that this workflow gives its parameters
 * @param takesBody whether the route's method brings a body
 */
public record RouteBinding(
    String namespace,
    String workflow,
    PathPattern pattern,
    boolean takesBody,
    ParameterConversion conversion) {
  /**
   * Puts the input together of path, query and body.
   *
   * @param match where the path matched
   * @param body an object, or null where the request has none
   * @throws FailureException where the parts contradict each other
   */
  public ObjectNode input(PathTable.Match<?> match, QueryParameters query, JsonNode body) {
    if (body != null && !body.isObject()) {
      throw Failure.of(
              ErrorCode.InvalidInput,
              "The body of this route must be a JSON object, whose members join the parameters")
          .withErrors(List.of(new SchemaError("", "type", "must be an object")))
          .exception();
    }
    ObjectNode input = body == null ? JsonNodeFactory.instance.objectNode() : (ObjectNode) body;
    for (int index = 0; index < pattern.names().size(); index++) {
      String name = pattern.names().get(index);
      String text = match.path().segment(match.offset() + pattern.positions().get(index));
      put(input, name, List.of(text));
    }
    if (!query.all().isEmpty()) {
      putQuery(input, query);
    }
    return input;
  }

  private void putQuery(ObjectNode input, QueryParameters query) {
    Map<String, List<String>> grouped = new LinkedHashMap<>();
    for (QueryParameters.Parameter parameter : query.all()) {
      grouped
          .computeIfAbsent(parameter.name(), ignored -> new ArrayList<>(2))
          .add(parameter.value());
    }
    for (Map.Entry<String, List<String>> group : grouped.entrySet()) {
      put(input, group.getKey(), group.getValue());
    }
  }

  private void put(ObjectNode input, String name, List<String> texts) {
    if (input.has(name)) {
      throw Failure.of(
              ErrorCode.InvalidRequest,
              "A member of the input is given twice, by the path, the query or the body")
          .exception();
    }
    input.set(name, conversion.convert(name, texts));
  }
}
