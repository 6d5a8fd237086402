package dev.millrace.operator.webhook;

/** What somebody wants to do with a resource, as the API server calls it. */
enum Operation {
  CREATE,
  UPDATE,
  DELETE
}
