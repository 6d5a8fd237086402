package dev.millrace.perf.load;

import java.util.Locale;

/** The tests that {@code perf/load} knows, by the name that it is called with. */
enum LoadTest {
  RAMP,
  SOAK,
  OVERLOAD,
  MIXED,
  WEBHOOK,
  DATABASE;

  /** Runs it on a bench of its own. */
  Judgement run(Bench bench, Options options) throws Exception {
    GatlingRun gatling = new GatlingRun(bench.home(), bench.work(), label());
    return switch (this) {
      case RAMP -> new Ramp(bench, gatling, options).run();
      case SOAK -> new Soak(bench, gatling, options).run();
      case OVERLOAD -> new Overload(bench, gatling, options).run();
      case MIXED -> new Mixed(bench, gatling, options).run();
      case WEBHOOK -> new WebhookStress(bench, gatling, options).run();
      case DATABASE -> new DatabaseLoad(bench, gatling, options).run();
    };
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
