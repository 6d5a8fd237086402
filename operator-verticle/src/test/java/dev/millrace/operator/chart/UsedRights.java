package dev.millrace.operator.chart;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Notes which rights a client makes use of, as {@code verb resource}, and what it was refused;
 * owned by a test, called on the client's threads.
 */
final class UsedRights implements Interceptor {
  private static final int FORBIDDEN = 403;

  private final Set<String> used = new ConcurrentSkipListSet<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();

  Set<String> used() {
    return used;
  }

  List<String> refused() {
    return refused;
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    String right = right(request.method(), request.uri());
    if (right != null) {
      used.add(right);
    }
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    note(request.method() + " " + request.uri().getPath(), response);
  }

  @Override
  public CompletableFuture<Boolean> afterFailure(
      BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
    note(response.request().uri().getPath(), response);
    return CompletableFuture.completedFuture(false);
  }

  private void note(String request, HttpResponse<?> response) {
    if (response.code() == FORBIDDEN) {
      refused.add(request);
    }
  }

  /** The right that the API server asks for; null where everybody has it. */
  static String right(String method, URI uri) {
    List<String> path = Arrays.asList(uri.getPath().substring(1).split("/"));
    int resource = path.get(0).equals("api") ? 2 : 3;
    if (path.size() <= resource) {
      return null;
    }
    String group = path.get(0).equals("api") ? "" : "." + path.get(1);
    if (path.get(resource).equals("namespaces") && path.size() > resource + 2) {
      resource += 2;
    }
    boolean named = path.size() > resource + 1;
    String part = path.size() > resource + 2 ? "/" + path.get(resource + 2) : "";
    return verb(method, named, uri.getQuery()) + " " + path.get(resource) + group + part;
  }

  private static String verb(String method, boolean named, String query) {
    return switch (method) {
      case "GET" ->
          query != null && query.contains("watch=true") ? "watch" : named ? "get" : "list";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> named ? "delete" : "deletecollection";
      default -> method;
    };
  }
}
