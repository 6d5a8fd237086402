package dev.millrace.gateway.http;

import java.util.HashMap;
import java.util.Map;

/**
 * Patterns of paths as a tree of segments; immutable once built, usable on any thread.
 *
 * <p>A literal segment wins over a parameter, and a whole match over an open one. Matching walks
 * the segments once; it steps back only where a literal led into a dead end.
 *
 * @param <T> what a pattern leads to
 */
public final class PathTable<T> {
  private final Node<T> root;

  private PathTable(Node<T> root) {
    this.root = root;
  }

  /** A pattern that matched, what it leads to, and the segment at which it begins. */
  public record Match<T>(PathPattern pattern, T target, RequestPath path, int offset) {
    /** The decoded value of a path parameter; null where the pattern has no such name. */
    public String value(String name) {
      return pattern.value(path, offset, name);
    }
  }

  /** Finds what a path leads to, from the given segment on; null where it leads nowhere. */
  public Match<T> match(RequestPath path, int offset) {
    Node<T> node = find(root, path, offset);
    return node == null ? null : new Match<>(node.pattern, node.target, path, offset);
  }

  private static <T> Node<T> find(Node<T> node, RequestPath path, int index) {
    if (index == path.length()) {
      return node.target == null ? node.open : node;
    }
    String segment = path.segment(index);
    Node<T> literal = node.literals.get(segment);
    if (literal != null) {
      Node<T> found = find(literal, path, index + 1);
      if (found != null) {
        return found;
      }
    }
    if (node.parameter != null && !segment.isEmpty()) {
      Node<T> found = find(node.parameter, path, index + 1);
      if (found != null) {
        return found;
      }
    }
    return node.open;
  }

  private static final class Node<T> {
    private final Map<String, Node<T>> literals = new HashMap<>();
    private Node<T> parameter;
    private Node<T> open;
    private PathPattern pattern;
    private T target;

    Node<T> child(PathPattern.Segment segment) {
      if (!segment.parameter()) {
        return literals.computeIfAbsent(segment.text(), ignored -> new Node<>());
      }
      if (parameter == null) {
        parameter = new Node<>();
      }
      return parameter;
    }
  }

  /**
   * Collects patterns; used on one thread.
   *
   * @param <T> what a pattern leads to
   */
  public static final class Builder<T> {
    private final Node<T> root = new Node<>();

    /** What the pattern of this shape leads to so far; null where there is none. */
    public T get(PathPattern pattern) {
      return place(pattern).target;
    }

    /** Adds a pattern; the last of one shape wins. */
    public Builder<T> put(PathPattern pattern, T target) {
      Node<T> node = place(pattern);
      node.pattern = pattern;
      node.target = target;
      return this;
    }

    private Node<T> place(PathPattern pattern) {
      Node<T> node = root;
      for (PathPattern.Segment segment : pattern.segments()) {
        node = node.child(segment);
      }
      if (pattern.open()) {
        if (node.open == null) {
          node.open = new Node<>();
        }
        node = node.open;
      }
      return node;
    }

    /** The finished table. */
    public PathTable<T> build() {
      return new PathTable<>(root);
    }
  }
}
