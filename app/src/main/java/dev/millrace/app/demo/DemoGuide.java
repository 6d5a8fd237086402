package dev.millrace.app.demo;

import dev.millrace.app.program.GatewayProgram;
import dev.millrace.engine.catalog.CatalogEntry;
import dev.millrace.engine.definition.HttpMethodName;
import dev.millrace.engine.definition.RouteSpec;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.SourcePosition;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Prints where the demo answers and lines to paste into a shell; used by the thread of the command.
 */
public final class DemoGuide {

  private static final String SAMPLE = "input.jsonl";

  private final GatewayProgram program;
  private final DemoExamples examples;
  private final PrintWriter out;

  private DemoGuide(GatewayProgram program, DemoExamples examples, PrintWriter out) {
    this.program = program;
    this.examples = examples;
    this.out = out;
  }

  /** Prints everything. */
  public static void print(
      GatewayProgram program, DemoExamples examples, int upstreamPort, PrintWriter out) {
    DemoGuide guide = new DemoGuide(program, examples, out);
    String upstream = "http://127.0.0.1:" + upstreamPort;
    guide.addresses(upstream);
    for (CatalogEntry entry : program.snapshot().workflows()) {
      if (entry.plan() != null) {
        guide.workflow(entry.workflow());
      }
    }
    guide.faults(upstream);
    out.println("Ctrl-C ends it.");
    out.flush();
  }

  private void addresses(String upstream) {
    String address = program.address();
    out.println();
    out.println("Millrace serves the examples.");
    out.println();
    out.println("  gateway    " + address + "/api/v1/workflows");
    out.println("  API docs   " + address + "/docs/");
    out.println("  metrics    " + address + "/metrics");
    out.println("  upstream   " + upstream + "  (made-up services; faults can be switched)");
    out.println(
        "  files      "
            + examples.directory()
            + (examples.copied() ? "  (a copy)" : "  (change one: it is served at once)"));
    int invalid = program.snapshot().invalidCount();
    if (invalid > 0) {
      out.println();
      out.println(
          "  "
              + invalid
              + " definition(s) are not served; millrace validate "
              + examples.directory());
    }
    out.println();
    out.println("Try:");
    out.println();
  }

  private void workflow(Workflow workflow) {
    Optional<JsonNode> input = sample(workflow);
    if (input.isEmpty()) {
      return;
    }
    out.println("  # " + workflow.description());
    out.println(
        "  curl -s "
            + program.address()
            + "/api/v1/workflows/"
            + workflow.name().name()
            + "/execute -H 'content-type: application/json' -d "
            + quoted(text(input.get())));
    RouteSpec route = workflow.route();
    if (route != null && route.method() == HttpMethodName.GET) {
      out.println("  curl -s " + quoted(program.address() + "/run" + filled(route, input.get())));
    }
    out.println();
  }

  private void faults(String upstream) {
    out.println("  # the plan of an execution; nothing is called");
    out.println(
        "  curl -s "
            + program.address()
            + "/api/v1/workflows/product-page/test -H 'content-type: application/json' -d '{\"sku\":"
            + " \"TX-1042\", \"postcode\": \"10115\"}'");
    out.println();
    out.println("  # make a service misbehave, and everything healthy again");
    out.println(
        "  curl -s -X PUT "
            + upstream
            + "/faults/prices -d '{\"mode\": \"error\", \"status\": 503, \"share\": 1.0}'");
    out.println("  curl -s -X DELETE " + upstream + "/faults");
    out.println();
  }

  /** The first line of the sample beside the workflow's file. */
  private Optional<JsonNode> sample(Workflow workflow) {
    SourcePosition position = workflow.source().position("");
    if (position == null) {
      return Optional.empty();
    }
    // Relative names stand below the directory; an absolute one stays as it is.
    Path file = examples.directory().resolve(position.file());
    Path sample = (Files.exists(file) ? file : Path.of(position.file())).resolveSibling(SAMPLE);
    if (!Files.isReadable(sample)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(sample, StandardCharsets.UTF_8)) {
      String first = lines.findFirst().orElse("");
      return Optional.of(Json.read(first));
    } catch (IOException | InvalidJsonException unusable) {
      out.println("  # " + sample + " is not usable: " + unusable.getMessage());
      return Optional.empty();
    }
  }

  /** The path with the input's values in it, and the rest of them as the query. */
  private static String filled(RouteSpec route, JsonNode input) {
    String path = route.path();
    StringBuilder query = new StringBuilder();
    for (Map.Entry<String, JsonNode> member : input.properties()) {
      String value = URLEncoder.encode(member.getValue().asString(""), StandardCharsets.UTF_8);
      String hole = "{" + member.getKey() + "}";
      if (path.contains(hole)) {
        path = path.replace(hole, value.replace("+", "%20"));
      } else {
        query.append(query.isEmpty() ? "?" : "&").append(member.getKey()).append('=').append(value);
      }
    }
    return path + query;
  }

  private static String text(JsonNode value) {
    return new String(Json.toBytes(value), StandardCharsets.UTF_8);
  }

  /** For a POSIX shell. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
