package dev.millrace.perf.stress;

import dev.millrace.perf.process.Bench;
import dev.millrace.perf.process.Processors;
import java.nio.file.Path;
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
  Judgement run(Path home, Path work, Options options) throws Exception {
    Processors processors = processors(options);
    GatlingRun gatling = new GatlingRun(home, work, label(), processors);
    try (Bench bench = new Bench(work, processors)) {
      return run(bench, gatling, options);
    }
  }

  /** Where the processor bounds what can be done, it must be the measured program's own. */
  private Processors processors(Options options) {
    return this == WEBHOOK || (this == OVERLOAD && options.bound() == Options.Bound.PROCESSOR)
        ? Processors.apart(Runtime.getRuntime().availableProcessors())
        : Processors.SHARED;
  }

  private Judgement run(Bench bench, GatlingRun gatling, Options options) throws Exception {
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
