package dev.millrace.gateway.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** An ordinary HTTP client for one port; blocks, on the test's thread. */
public final class TestClient {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;

  /** A client of a port of this machine. */
  public TestClient(int port) {
    this.port = port;
  }

  /** The port that it talks to. */
  public int port() {
    return port;
  }

  /** Sends GET. */
  public HttpAnswer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  /** Sends a JSON body. */
  public HttpAnswer post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  /**
   * Sends a request.
   *
   * @param body null for none
   * @param headers names and values in turn; a content type among them replaces JSON's
   */
  public HttpAnswer send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20));
    boolean typed = false;
    for (int index = 0; index < headers.length; index += 2) {
      request.header(headers[index], headers[index + 1]);
      typed |= headers[index].equalsIgnoreCase("Content-Type");
    }
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      if (!typed) {
        request.header("Content-Type", "application/json");
      }
      request.method(method, HttpRequest.BodyPublishers.ofString(body));
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      Map<String, String> received = new HashMap<>();
      response
          .headers()
          .map()
          .forEach((name, values) -> received.put(name.toLowerCase(Locale.ROOT), values.get(0)));
      return new HttpAnswer(response.statusCode(), received, response.body());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
