package dev.millrace.engine.task;

import static dev.millrace.engine.plan.TestDefinitions.json;

import dev.millrace.engine.definition.BulkheadSpec;
import dev.millrace.engine.definition.CircuitBreakerSpec;
import dev.millrace.engine.definition.HttpMethodName;
import dev.millrace.engine.definition.HttpSpec;
import dev.millrace.engine.definition.ResponseMode;
import dev.millrace.engine.definition.RetryPolicy;
import dev.millrace.engine.definition.RetrySpec;
import dev.millrace.engine.definition.SourceMap;
import dev.millrace.engine.definition.StatusPattern;
import dev.millrace.engine.definition.WorkflowTask;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A task and its call, made by hand; a fluent builder, used by one test. */
final class TestTask {
  final Cancellation cancellation = new Cancellation();
  private final HttpMethodName method;
  private final String url;
  private final Map<String, JsonNode> query = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private JsonNode body;
  private JsonNode outputSchema = json("true");
  private ResponseMode response = ResponseMode.BODY;
  private RetrySpec retry = RetrySpec.NONE;
  private CircuitBreakerSpec breaker;
  private BulkheadSpec bulkhead;
  private String version = "sha256:one";
  private JsonNode input = json("{}");
  private long timeoutMillis = 10_000;
  private long deadlineMillis = 10_000;
  private TraceContext trace = TraceContext.NONE;
  private CompiledTask compiled;

  private TestTask(HttpMethodName method, String url) {
    this.method = method;
    this.url = url;
  }

  static TestTask get(String url) {
    return new TestTask(HttpMethodName.GET, url);
  }

  static TestTask get(int port) {
    return get("http://127.0.0.1:" + port + "/");
  }

  static TestTask post(int port) {
    return of(HttpMethodName.POST, port).body("{'a':1}");
  }

  static TestTask of(HttpMethodName method, int port) {
    return new TestTask(method, "http://127.0.0.1:" + port + "/");
  }

  TestTask query(String name, String value) {
    query.put(name, json(value));
    return this;
  }

  TestTask header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  TestTask body(String template) {
    this.body = json(template);
    return this;
  }

  TestTask outputSchema(String schema) {
    this.outputSchema = json(schema);
    return this;
  }

  TestTask fullResponse() {
    this.response = ResponseMode.FULL;
    return this;
  }

  /** So many attempts, with short delays. */
  TestTask attempts(int most) {
    this.retry = new RetrySpec(most, Duration.ofMillis(1), 1.0, Duration.ofMillis(2), 0.0, null);
    return this;
  }

  TestTask breaker(int failures, Duration openFor) {
    this.breaker = new CircuitBreakerSpec(failures, Duration.ofSeconds(10), openFor);
    return this;
  }

  TestTask bulkhead(int concurrent, int queued) {
    this.bulkhead = new BulkheadSpec(concurrent, queued);
    return this;
  }

  TestTask version(String hash) {
    this.version = hash;
    return this;
  }

  TestTask input(String value) {
    this.input = json(value);
    return this;
  }

  TestTask input(JsonNode value) {
    this.input = value;
    return this;
  }

  TestTask timeout(long millis) {
    this.timeoutMillis = millis;
    return this;
  }

  TestTask deadline(long millis) {
    this.deadlineMillis = millis;
    return this;
  }

  TestTask trace(String traceparent, String tracestate) {
    this.trace = new TraceContext(traceparent, tracestate);
    return this;
  }

  CompiledTask compiled() {
    if (compiled == null) {
      compiled = CompiledTask.compile(definition());
    }
    return compiled;
  }

  private WorkflowTask definition() {
    return new WorkflowTask(
        new ResourceName(ResourceKind.WorkflowTask, "default", "service"),
        json("{}"),
        SourceMap.NONE,
        version,
        "",
        json("{}"),
        outputSchema,
        new HttpSpec(method, url, query, headers, body, response, List.of(StatusPattern.SUCCESS)),
        method.isIdempotent(),
        Duration.ofMillis(timeoutMillis),
        retry,
        breaker,
        bulkhead);
  }

  /** A new call, whose time begins now. */
  TaskCall call() {
    return new TaskCall(
        compiled(),
        "execution-1",
        "step",
        RetryPolicy.of(retry, RetrySpec.NONE),
        timeoutMillis,
        input,
        System.nanoTime() + deadlineMillis * 1_000_000,
        trace,
        cancellation);
  }
}
