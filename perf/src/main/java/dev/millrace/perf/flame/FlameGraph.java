package dev.millrace.perf.flame;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws collapsed stacks as a picture: the root on top, each frame as wide as its share of the
 * samples, its name and share as a tooltip. Used on one thread, once.
 */
final class FlameGraph {
  private static final int WIDTH = 1_200;
  private static final int ROW = 17;
  private static final int HEAD = 30;
  private static final double LETTER = 6.2;
  private static final String[] COLOURS = {"#f4a582", "#fddbc7", "#d1e5f0", "#92c5de"};

  private final StringBuilder frames = new StringBuilder();
  private final double leastPercent;
  private long total;
  private int depth;

  private FlameGraph(double leastPercent) {
    this.leastPercent = leastPercent;
  }

  private static final class Frame {
    private final Map<String, Frame> callees = new TreeMap<>();
    private long samples;
  }

  /**
   * Draws.
   *
   * @param collapsed lines of frames with semicolons between them, the outermost first, then a
   *     space and the number of samples
   * @param leastPercent frames that took less of the time are left out
   * @return an SVG document
   */
  static String svg(String collapsed, String title, double leastPercent) {
    Frame root = new Frame();
    for (String line : collapsed.lines().toList()) {
      int space = line.lastIndexOf(' ');
      long samples = Long.parseLong(line.substring(space + 1));
      Frame frame = root;
      frame.samples += samples;
      for (String name : line.substring(0, space).split(";", -1)) {
        frame = frame.callees.computeIfAbsent(plain(name), absent -> new Frame());
        frame.samples += samples;
      }
    }
    FlameGraph graph = new FlameGraph(leastPercent);
    graph.total = Math.max(1, root.samples);
    graph.draw(title, root, 0, 0);
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="monospace" font-size="10">
        <text x="4" y="18" font-size="14">%s</text>
        %s</svg>
        """
        .formatted(WIDTH, HEAD + ROW * (graph.depth + 1), escaped(title), graph.frames);
  }

  private void draw(String name, Frame frame, long before, int level) {
    double percent = 100.0 * frame.samples / total;
    if (percent < leastPercent) {
      return;
    }
    depth = Math.max(depth, level);
    double x = (double) WIDTH * before / total;
    double width = (double) WIDTH * frame.samples / total;
    int y = HEAD + ROW * level;
    int letters = (int) (width / LETTER);
    String shown = letters < 3 ? "" : name.length() <= letters ? name : name.substring(0, letters);
    frames.append(
        String.format(
            Locale.ROOT,
            "<g><title>%s %.1f %%</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"16\""
                + " fill=\"%s\"/><text x=\"%.1f\" y=\"%d\">%s</text></g>%n",
            escaped(name),
            percent,
            x,
            y,
            Math.max(0.5, width - 0.5),
            COLOURS[Math.floorMod(name.hashCode(), COLOURS.length)],
            x + 2,
            y + 12,
            escaped(shown)));
    long start = before;
    for (Map.Entry<String, Frame> callee : frame.callees.entrySet()) {
      draw(callee.getKey(), callee.getValue(), start, level + 1);
      start += callee.getValue().samples;
    }
  }

  /** A class by its own name; a native library without its place, which is nobody's business. */
  private static String plain(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
