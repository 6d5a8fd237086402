package dev.millrace.perf.stress;

import dev.millrace.perf.process.Server;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What overload is, whoever is overloaded: measures what a server can do, asks for three times as
 * much, then for half of it, and judges the one by the other. Used on the main thread.
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

  /** Who send at a rate, where callers are bound: more than any of our servers lets wait. */
  private static final int CALLERS = 400;

  private static final double KEPT = 0.8;
  private static final double SENT = 0.8;
  private static final double FAST = 0.5;
  private static final double RECOVERED = 3;

  /**
   * The three stages.
   *
   * @param properties of all of them
   */
  Judgement run(Map<String, Object> properties) throws IOException, InterruptedException {
    Table.head();
    Map<String, Object> closed = new HashMap<>(properties);
    closed.put("load.users", options.users());
    closed.put("load.rate", 0);
    GatlingRun.Result peak = stage("peak", capacity, options.warmUpSeconds(), closed);
    double most = peak.outcomes().goodput(request);
    if (most == 0) {
      throw new IllegalStateException("not one request succeeded; see the server's log");
    }
    int rate = (int) Math.ceil(TIMES * most);
    GatlingRun.Result over = stage("overload", overload, 5, open(properties, rate));
    GatlingRun.Result after =
        stage("half of peak", overload, 5, open(properties, Math.max(1, (int) (most / 2))));
    return judge(peak.outcomes(), over.outcomes(), after.outcomes(), rate);
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
                name, simulation, server.url(), warmUp, options.seconds(), properties));
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
    judgement.atMost(
        "a good answer's time afterwards, of the peak's",
        after.good(request).p50Millis() / (double) Math.max(1, peak.good(request).p50Millis()),
        RECOVERED);
    return judgement;
  }
}
