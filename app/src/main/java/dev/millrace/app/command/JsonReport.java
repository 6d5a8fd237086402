package dev.millrace.app.command;

import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.SourcePosition;
import dev.millrace.engine.validation.Edge;
import java.io.PrintWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prints findings as the JSON that {@code POST /api/v1/validate} answers, with the position of each
 * problem in its file; used by the thread of the command.
 */
final class JsonReport {

  private JsonReport() {}

  static void print(Findings findings, PrintWriter out) {
    JsonMapper mapper = JsonMapper.shared();
    ObjectNode root = mapper.createObjectNode();
    root.put("valid", findings.report().valid());
    ArrayNode problems = root.putArray("problems");
    for (Problem problem : findings.report().problems()) {
      problem(problem, problems.addObject());
    }
    ArrayNode edges = root.putArray("edges");
    for (Edge edge : findings.edges()) {
      edge(edge, edges.addObject());
    }
    out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root));
  }

  private static void problem(Problem problem, ObjectNode node) {
    node.put("code", problem.code().name());
    node.put("severity", problem.severity().label());
    node.put("resource", problem.resource());
    node.put("path", problem.path());
    node.put("message", problem.message());
    node.put("suggestion", problem.suggestion());
    node.put("docs", problem.docs());
    SourcePosition position = problem.position();
    if (position != null) {
      node.putObject("position")
          .put("file", position.file())
          .put("line", position.line())
          .put("column", position.column());
    }
  }

  private static void edge(Edge edge, ObjectNode node) {
    node.put("resource", edge.resource().toString());
    node.put("from", edge.from());
    node.put("to", edge.to());
    node.put("verdict", edge.verdict().label());
    if (edge.witness() != null) {
      node.set("witness", edge.witness());
    }
  }
}
