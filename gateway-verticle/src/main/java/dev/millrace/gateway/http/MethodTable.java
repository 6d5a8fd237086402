package dev.millrace.gateway.http;

import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * What the methods of one path lead to; immutable. HEAD is answered as GET where it has nothing of
 * its own.
 *
 * @param <T> what a method leads to
 */
public final class MethodTable<T> {
  private final Map<HttpMethod, T> targets;
  private final String allow;

  private MethodTable(Map<HttpMethod, T> targets) {
    this.targets = targets;
    this.allow = allow(targets);
  }

  /** A table of one method. */
  public static <T> MethodTable<T> of(HttpMethod method, T target) {
    return new MethodTable<>(Map.of(method, target));
  }

  /** This table and one more method. */
  public MethodTable<T> and(HttpMethod method, T target) {
    Map<HttpMethod, T> more = new LinkedHashMap<>(targets);
    more.put(method, target);
    return new MethodTable<>(more);
  }

  /** What a method leads to; null where the path does not take it. */
  public T target(HttpMethod method) {
    T target = targets.get(method);
    return target == null && method.equals(HttpMethod.HEAD) ? targets.get(HttpMethod.GET) : target;
  }

  /** Whether a method has a target of its own. */
  public boolean has(HttpMethod method) {
    return targets.containsKey(method);
  }

  /** The value of the {@code Allow} header. */
  public String allow() {
    return allow;
  }

  private static <T> String allow(Map<HttpMethod, T> targets) {
    TreeSet<String> names = new TreeSet<>();
    for (HttpMethod method : targets.keySet()) {
      names.add(method.name());
      if (method.equals(HttpMethod.GET)) {
        names.add("HEAD");
      }
    }
    names.add("OPTIONS");
    return String.join(", ", names);
  }
}
