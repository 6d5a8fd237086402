package dev.millrace.engine.definition;

/** What names look like; stateless, usable on any thread. */
public final class Names {
  private static final int MAX_SUBDOMAIN = 253;
  private static final int MAX_LABEL = 63;

  private Names() {}

  /** Whether this is an RFC 1123 subdomain, as the names of resources are. */
  public static boolean isSubdomain(String name) {
    if (name.isEmpty() || name.length() > MAX_SUBDOMAIN) {
      return false;
    }
    int from = 0;
    while (from <= name.length()) {
      int dot = name.indexOf('.', from);
      int end = dot < 0 ? name.length() : dot;
      if (!isLabel(name, from, end)) {
        return false;
      }
      from = end + 1;
    }
    return true;
  }

  /** Whether this is an RFC 1123 label, as the names of namespaces are. */
  public static boolean isLabel(String name) {
    return name.length() <= MAX_LABEL && isLabel(name, 0, name.length());
  }

  /** Whether this can be the id of a task: {@code ^[a-z]([a-z0-9-]*[a-z0-9])?$}, at most 63. */
  public static boolean isTaskId(String id) {
    return isLabel(id) && id.charAt(0) >= 'a';
  }

  private static boolean isLabel(String name, int from, int end) {
    if (from == end || name.charAt(from) == '-' || name.charAt(end - 1) == '-') {
      return false;
    }
    for (int i = from; i < end; i++) {
      char c = name.charAt(i);
      boolean allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
      if (!allowed) {
        return false;
      }
    }
    return true;
  }
}
