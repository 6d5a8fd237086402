package dev.millrace.perf.stress;

import dev.millrace.perf.process.Server;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What overload is, whoever is overloaded: measures what a server can do once that grows no longer,
 * asks for three times as much, then for half of it, and judges the one by the other. Used on the
 * main thread.
 *
 * @param request what the simulations count a request as
 * @param capacity the simulation of so many callers at once
 * @param overload the simulation of so many requests a second
 * @param problems whether a refusal must be a problem document with {@code Retry-After}
 */
record Stress(
    GatlingRun gatling,
    Options options,
    Server server,
    String request,
    String capacity,
    String overload,
    boolean problems) {
  private static final int TIMES = 3;

  private static final int AT_LEAST_TIMES = 2;

  /**
   * Who send at a rate, where callers are bound: three API servers, each with as many changes in
   * flight as it lets in (200). Fewer could not send three times the peak and wait for answers.
   */
  private static final int CALLERS = 600;

  /** Of a stage whose server is warm: the generator is not, it is a JVM of its own. */
  private static final int GENERATOR_WARM_UP_SECONDS = 5;

  /** How often the peak is measured until it is the peak. */
  private static final int MOST_PEAKS = 6;

  private static final double STEADY = 1.2;
  private static final double KEPT = 0.8;
  private static final double SENT = 0.8;
  private static final double FAST = 0.5;
  private static final double RECOVERED = 3;
  private static final double SERVED = 0.9;

  /**
   * The three stages.
   *
   * @param properties of all of them
   */
  Judgement run(Map<String, Object> properties) throws IOException, InterruptedException {
    Table.head();
    Peak peak = peak(properties);
    double most = peak.stage().outcomes().goodput(request);
    if (most == 0) {
      throw new IllegalStateException("not one request succeeded; see the server's log");
    }
    int rate = (int) Math.ceil(TIMES * most);
    GatlingRun.Result over =
        stage("overload", overload, GENERATOR_WARM_UP_SECONDS, open(properties, rate));
    GatlingRun.Result after =
        stage(
            "half of peak",
            overload,
            GENERATOR_WARM_UP_SECONDS,
            open(properties, Math.max(1, (int) (most / 2))));
    Judgement judgement = judge(peak.stage().outcomes(), over.outcomes(), after.outcomes(), rate);
    judgement.atMost(
        "the peak to the measurement beside it (more is a warm-up, or a disturbed machine)",
        peak.difference(),
        STEADY);
    return judgement;
  }

  /**
   * The most that the server can do.
   *
   * @param difference the last measurement to the best before it, the larger to the smaller
   */
  private record Peak(GatlingRun.Result stage, double difference) {}

  /**
   * Measured again and again, until twice the same comes out: a program that is being compiled yet
   * would be overloaded by less than its capacity.
   */
  private Peak peak(Map<String, Object> properties) throws IOException, InterruptedException {
    Map<String, Object> closed = new HashMap<>(properties);
    closed.put("load.users", options.users());
    closed.put("load.rate", 0);
    GatlingRun.Result best = stage("peak", capacity, options.warmUpSeconds(), closed);
    double difference = Double.POSITIVE_INFINITY;
    for (int time = 2; time <= MOST_PEAKS && difference > STEADY; time++) {
      GatlingRun.Result next =
          stage("peak, time " + time, capacity, GENERATOR_WARM_UP_SECONDS, closed);
      double growth = next.outcomes().goodput(request) / best.outcomes().goodput(request);
      difference = Math.max(growth, 1 / growth);
      best = growth > 1 ? next : best;
    }
    return new Peak(best, difference);
  }

  private static Map<String, Object> open(Map<String, Object> properties, int rate) {
    Map<String, Object> open = new HashMap<>(properties);
    open.put("load.users", CALLERS);
    open.put("load.rate", rate);
    return open;
  }

  private GatlingRun.Result stage(
      String name, String simulation, int warmUp, Map<String, Object> properties)
      throws IOException, InterruptedException {
    double before = server.program().cpuSeconds();
    GatlingRun.Result result =
        gatling.run(
            new GatlingRun.Stage(
                name.replace(",", ""),
                simulation,
                server.url(),
                warmUp,
                options.seconds(),
                properties));
    Table.row(name, request, result, server.program().cpuSeconds() - before);
    return result;
  }

  /**
   * What overload must look like.
   *
   * @param rate that was asked for, a second
   */
  Judgement judge(Outcomes peak, Outcomes over, Outcomes after, int rate) {
    Judgement judgement = new Judgement();
    judgement.none("failed", peak.failedInAll() + over.failedInAll() + after.failedInAll());
    if (problems) {
      judgement.none("refused without a problem document or Retry-After", over.malformedRefusals());
    }
    judgement.none(
        "refused at the peak and afterwards", peak.refusals(request) + after.refusals(request));
    judgement.atLeast("answered, of the requests wanted", over.answered(request) / rate, SENT);
    judgement.atLeast(
        "requests answered or refused, of the good answers (less is no overload)",
        over.answered(request) / over.goodput(request),
        AT_LEAST_TIMES);
    judgement.atLeast(
        "good answers a second at 3 times the peak's, of the peak's",
        over.goodput(request) / peak.goodput(request),
        KEPT);
    judgement.atMost(
        "a refusal's time at the median, of a good answer's",
        Math.max(1, over.refused(request).p50Millis())
            / (double) Math.max(1, over.good(request).p50Millis()),
        FAST);
    judgement.atMost(
        "a refusal's p99, of a good answer's",
        over.refused(request).p99Millis() / (double) Math.max(1, over.good(request).p99Millis()),
        1);
    judgement.atLeast(
        "good answers a second at half of the peak, of the requests wanted",
        2 * after.goodput(request) / peak.goodput(request),
        SERVED);
    judgement.atMost(
        "a good answer's time afterwards, of the peak's",
        after.good(request).p50Millis() / (double) Math.max(1, peak.good(request).p50Millis()),
        RECOVERED);
    return judgement;
  }
}
