package dev.millrace.perf.definition;

/** The input of the shape {@code large}: a document of 100 KB, the same every time. Stateless. */
public final class LargeDocument {

  private static final int BYTES = 100_000;
  private static final String NOTE =
      "Goes with the second delivery of the week; the ramp at the back is free until noon.";

  private LargeDocument() {}

  /** As text. */
  public static String json() {
    StringBuilder json =
        new StringBuilder(BYTES + 200).append("{\"title\":\"Order 7\",\"lines\":[");
    for (int line = 1; json.length() < BYTES; line++) {
      json.append(line == 1 ? "" : ",")
          .append("{\"sku\":\"item-")
          .append(line)
          .append("\",\"quantity\":")
          .append(1 + line % 9)
          .append(",\"priceCents\":")
          .append(999 + 7 * line)
          .append(",\"note\":\"")
          .append(NOTE)
          .append("\"}");
    }
    return json.append("]}").toString();
  }
}
