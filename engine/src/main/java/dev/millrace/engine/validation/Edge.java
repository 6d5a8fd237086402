package dev.millrace.engine.validation;

import dev.millrace.engine.problem.ResourceName;
import tools.jackson.databind.JsonNode;

/**
 * One template edge and its proof.
 *
 * @param from the source as a template path, such as {@code tasks.user.output.id}
 * @param to JSON Pointer of the place in the resource that takes the value
 * @param witness a value that the source may have and the target rejects; null unless refuted
 */
public record Edge(
    ResourceName resource, String from, String to, Verdict verdict, JsonNode witness) {}
