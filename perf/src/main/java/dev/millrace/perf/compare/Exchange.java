package dev.millrace.perf.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Single requests outside the load: counters and the check that the contestants agree. Owned by
 * {@link Compare}, used on its main thread.
 */
final class Exchange {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  JsonNode get(URI url) throws InterruptedException {
    return json(url, HttpRequest.newBuilder(url).GET());
  }

  JsonNode post(URI url, String body) throws InterruptedException {
    return json(
        url,
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private JsonNode json(URI url, HttpRequest.Builder request) throws InterruptedException {
    HttpResponse<String> response;
    try {
      response = send(request);
    } catch (IOException failure) {
      throw new UncheckedIOException("no answer from " + url, failure);
    }
    if (response.statusCode() != 200) {
      throw new IllegalStateException(
          url + " answered " + response.statusCode() + ": " + response.body());
    }
    return JsonMapper.shared().readTree(response.body());
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
  }
}
