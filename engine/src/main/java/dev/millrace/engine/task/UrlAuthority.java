package dev.millrace.engine.task;

/**
 * The literal front of a task's URL; immutable.
 *
 * @param host as in the URL, an IPv6 address in brackets
 * @param length how many characters of the URL it takes
 */
record UrlAuthority(boolean ssl, String host, int port, int length) {
  private static final int MOST_PORT = 65_535;

  /**
   * Splits it off.
   *
   * @throws IllegalArgumentException where it is not a literal scheme, host and port
   */
  static UrlAuthority of(String url) {
    boolean ssl = startsWithIgnoringCase(url, "https://");
    if (!ssl && !startsWithIgnoringCase(url, "http://")) {
      throw invalid("begin with http:// or https://");
    }
    int start = ssl ? 8 : 7;
    int end = start;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    String authority = url.substring(start, end);
    int bracket = authority.lastIndexOf(']');
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > bracket;
    String host = hasPort ? authority.substring(0, colon) : authority;
    if (!isHost(host)) {
      throw invalid("name a host, such as users.internal or 10.0.0.1, without user or password");
    }
    int port = hasPort ? port(authority.substring(colon + 1)) : ssl ? 443 : 80;
    return new UrlAuthority(ssl, host, port, end);
  }

  /** The host to connect to. */
  String address() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Scheme, host and port; the port only where it is not the scheme's own. */
  String origin() {
    String scheme = ssl ? "https://" : "http://";
    return port == (ssl ? 443 : 80) ? scheme + host : scheme + host + ":" + port;
  }

  private static int port(String text) {
    int port = 0;
    for (int i = 0; i < text.length() && port <= MOST_PORT; i++) {
      int digit = "0123456789".indexOf(text.charAt(i));
      if (digit < 0) {
        throw invalid("have a port of digits");
      }
      port = port * 10 + digit;
    }
    if (port < 1 || port > MOST_PORT) {
      throw invalid("have a port from 1 to " + MOST_PORT);
    }
    return port;
  }

  private static boolean isHost(String host) {
    if (host.startsWith("[")) {
      return host.length() > 3
          && host.endsWith("]")
          && consistsOf(host, 1, host.length() - 1, ":.");
    }
    return !host.isEmpty() && consistsOf(host, 0, host.length(), "-._");
  }

  private static boolean consistsOf(String host, int start, int end, String marks) {
    for (int i = start; i < end; i++) {
      char c = host.charAt(i);
      boolean alphanumeric = c < 0x80 && Character.isLetterOrDigit(c);
      if (!alphanumeric && marks.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean startsWithIgnoringCase(String url, String scheme) {
    return url.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  private static IllegalArgumentException invalid(String must) {
    return new IllegalArgumentException("The url of a task must " + must);
  }
}
