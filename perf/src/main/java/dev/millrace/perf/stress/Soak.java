package dev.millrace.perf.stress;

import dev.millrace.perf.process.Bench;
import dev.millrace.perf.process.Server;
import java.util.List;
import java.util.Map;

/**
 * The everyday mix for minutes, with a small heap: memory must stay flat. Owned by {@link
 * LoadTest}, used on the main thread.
 *
 * <p>The first third fills what fills once: compiled code, pools, the metrics' series. The trend of
 * the rest is what counts.
 */
final class Soak {
  private static final long INTERVAL_MILLIS = 5_000;
  private static final double MIB = 1024.0 * 1024;
  private static final double GROWTH = 0.10;
  private static final double RESIDENT_MIB = 400;
  private static final double SETTLED = 1 / 3.0;
  private static final double KEPT = 0.9;

  private final Bench bench;
  private final GatlingRun gatling;
  private final Options options;

  Soak(Bench bench, GatlingRun gatling, Options options) {
    this.bench = bench;
    this.gatling = gatling;
    this.options = options;
  }

  Judgement run() throws Exception {
    Server upstream = bench.upstream(1);
    Server gateway =
        bench.gateway(
            "millrace",
            LoadDefinitions.write(bench, upstream),
            List.of("-Xmx256m"),
            Map.of("MILLRACE_DATABASE_URL", bench.database().url()));
    int seconds = options.minutes() * 60;
    GatlingRun.Result result;
    List<Trend.Point> resident;
    List<Trend.Point> live;
    try (MemoryWatch watch = new MemoryWatch(gateway.program(), INTERVAL_MILLIS)) {
      result =
          gatling.run(
              new GatlingRun.Stage(
                  "soak",
                  "SoakSimulation",
                  gateway.url(),
                  options.warmUpSeconds(),
                  seconds,
                  Map.of("load.rate", options.rate())));
      watch.stop();
      resident = watch.resident();
      live = watch.live();
    }
    Table.head();
    Table.row("chain3, Durable", "chain3-durable", result, gateway.program().cpuSeconds());
    print("resident", resident);
    print("live heap", live);
    return judge(result.outcomes(), resident, live, seconds);
  }

  private static Judgement judge(
      Outcomes outcomes, List<Trend.Point> resident, List<Trend.Point> live, int seconds) {
    double settled = SETTLED * seconds;
    double rest = seconds - settled;
    Judgement judgement = new Judgement();
    judgement.none("answered otherwise than expected", outcomes.failedInAll());
    judgement.none("refused", outcomes.refusedInAll());
    judgement.atMost(
        "growth of the live heap over the last two thirds, as a share",
        Trend.of(after(live, settled)).growth(rest),
        GROWTH);
    judgement.atMost(
        "growth of resident memory over the last two thirds, as a share",
        Trend.of(after(resident, settled)).growth(rest),
        GROWTH);
    judgement.atMost(
        "resident memory at the most, MiB",
        resident.stream().mapToDouble(Trend.Point::value).max().orElse(Double.NaN) / MIB,
        RESIDENT_MIB);
    judgement.atLeast(
        "chain3-durable, second half of the first's throughput",
        DatabaseLoad.halves(outcomes, "chain3-durable"),
        KEPT);
    return judgement;
  }

  private static List<Trend.Point> after(List<Trend.Point> points, double second) {
    return points.stream().filter(point -> point.second() >= second).toList();
  }

  private static void print(String what, List<Trend.Point> points) {
    StringBuilder line = new StringBuilder("%-10s MiB:".formatted(what));
    int step = Math.max(1, points.size() / 12);
    for (int point = 0; point < points.size(); point += step) {
      line.append(' ').append(Math.round(points.get(point).value() / MIB));
    }
    System.out.println(line);
  }
}
