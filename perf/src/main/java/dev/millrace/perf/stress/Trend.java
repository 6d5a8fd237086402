package dev.millrace.perf.stress;

import java.util.Arrays;
import java.util.List;

/**
 * How a measured value moves over time: the median of the slopes between all pairs of points (Theil
 * and Sen), which single outliers do not sway. Immutable, pure.
 *
 * @param level the median of the values
 * @param slope of the value, a second
 */
record Trend(double level, double slope) {

  /** One measurement. */
  record Point(double second, double value) {}

  static Trend of(List<Point> points) {
    if (points.size() < 2) {
      throw new IllegalArgumentException(
          "a trend needs two points or more; there are " + points.size());
    }
    double[] slopes = new double[points.size() * (points.size() - 1) / 2];
    int count = 0;
    for (int later = 1; later < points.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        double seconds = points.get(later).second() - points.get(earlier).second();
        if (seconds > 0) {
          slopes[count++] = (points.get(later).value() - points.get(earlier).value()) / seconds;
        }
      }
    }
    if (count == 0) {
      throw new IllegalArgumentException("all points are of one moment");
    }
    return new Trend(
        median(points.stream().mapToDouble(Point::value).toArray()),
        median(Arrays.copyOf(slopes, count)));
  }

  /** By what share of its level the value grows within so many seconds; negative where it falls. */
  double growth(double seconds) {
    return slope * seconds / level;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
