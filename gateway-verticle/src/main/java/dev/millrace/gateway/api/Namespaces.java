package dev.millrace.gateway.api;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.gateway.http.Exchange;

/** Which resources a request speaks of, and what it is told when there are none; stateless. */
final class Namespaces {
  private Namespaces() {}

  /** The namespace of a request that takes no other query parameter. */
  static String of(Exchange exchange, Catalog catalog) {
    exchange.query().allowOnly("namespace");
    return orDefault(exchange.query().value("namespace"), catalog);
  }

  static String orDefault(String namespace, Catalog catalog) {
    return namespace == null ? catalog.defaultNamespace() : namespace;
  }

  static Failure unknownWorkflow(String namespace, String name) {
    return Failure.of(
        ErrorCode.UnknownWorkflow,
        "There is no workflow " + shown(name) + " in namespace " + shown(namespace));
  }

  static Failure unknownTask(String namespace, String name) {
    return Failure.of(
        ErrorCode.UnknownWorkflowTask,
        "There is no workflow task " + shown(name) + " in namespace " + shown(namespace));
  }

  private static String shown(String name) {
    return name.length() <= 63 ? name : name.substring(0, 63) + "...";
  }
}
