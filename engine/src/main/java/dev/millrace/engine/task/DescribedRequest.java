package dev.millrace.engine.task;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A task's HTTP request as a dry run shows it: values that are not known yet stand in it as the
 * templates they will come from.
 *
 * @param url the whole URL, encoded but for the templates in it
 * @param headers names and values in document order, without those of the run
 * @param body null when there is none
 */
public record DescribedRequest(
    String method, String url, List<Map.Entry<String, String>> headers, JsonNode body) {
  public DescribedRequest {
    headers = List.copyOf(headers);
  }
}
