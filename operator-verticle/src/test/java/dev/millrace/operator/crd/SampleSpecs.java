package dev.millrace.operator.crd;

import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ResourceKind;
import tools.jackson.databind.node.ObjectNode;

/** A resource of each kind in which every field has a value; stateless, usable on any thread. */
final class SampleSpecs {
  private static final String RETRY =
      """
      {"maxAttempts": 2, "initialDelay": "100ms", "multiplier": 2, "maxDelay": "2s", "jitter": 0.2,
       "on": ["connect"]}
      """;

  private SampleSpecs() {}

  /** A new copy, free to change. */
  static ObjectNode of(ResourceKind kind) {
    return read(
        switch (kind) {
          case WorkflowTask ->
              """
              {"apiVersion": "millrace.dev/v1", "kind": "WorkflowTask",
               "metadata": {"name": "sample"},
               "spec": {
                 "description": "text",
                 "inputSchema": {"type": "object", "properties": {"a": {"type": "string"}}},
                 "outputSchema": {"type": "object"},
                 "http": {"method": "POST", "url": "http://users.invalid/", "query": {"a": "b"},
                          "headers": {"X-A": "b"}, "body": {"a": [1, null, "x"]},
                          "response": "body", "successStatus": ["2xx"]},
                 "idempotent": true, "timeout": "2s", "retry": %s,
                 "circuitBreaker": {"failureThreshold": 5, "window": "10s", "openFor": "30s"},
                 "bulkhead": {"maxConcurrent": 64, "maxQueued": 256}}}
              """
                  .formatted(RETRY);
          case Workflow ->
              """
              {"apiVersion": "millrace.dev/v1", "kind": "Workflow",
               "metadata": {"name": "sample"},
               "spec": {
                 "description": "text",
                 "inputSchema": {"type": "object"},
                 "tasks": [
                   {"id": "a", "taskRef": "sample", "input": {"a": "b"}, "dependsOn": ["b"],
                    "timeout": "1s", "retry": %s, "onError": {"continueWith": null}}],
                 "output": {"a": 1}, "outputSchema": {"type": "object"}, "timeout": "10s",
                 "maxConcurrency": 4, "durability": "Buffered",
                 "onInterruption": "Fail", "onFailedTask": "Skip",
                 "route": {"method": "GET", "path": "/samples/"}}}
              """
                  .formatted(RETRY);
        });
  }

  private static ObjectNode read(String text) {
    try {
      return (ObjectNode) Json.read(text);
    } catch (InvalidJsonException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
