package dev.millrace.engine.json;

/** JSON Pointers (RFC 6901) as text; stateless, usable on any thread. */
public final class JsonPointers {
  private JsonPointers() {}

  /** The pointer of a member. */
  public static String child(String pointer, String name) {
    return pointer + "/" + escape(name);
  }

  /** The pointer of an element, counted from zero. */
  public static String child(String pointer, int index) {
    return pointer + "/" + index;
  }

  /** A name as one part of a pointer. */
  public static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** The name behind one part of a pointer. */
  public static String unescape(String part) {
    return part.replace("~1", "/").replace("~0", "~");
  }
}
