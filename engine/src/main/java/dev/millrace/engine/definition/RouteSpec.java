package dev.millrace.engine.definition;

/** A workflow's own endpoint under {@code /run}; the path may hold {@code {name}} segments. */
public record RouteSpec(HttpMethodName method, String path) {}
