package dev.millrace.app.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether all promises were kept in a run, by its evidence alone. Immutable, any thread.
 *
 * <p>It judges from the outside: the upstream's own log, what callers were told, and the record.
 */
record Verdict(Evidence evidence, List<Violation> violations) {
  private static final int SHOWN = 3;

  static Verdict of(Evidence evidence) {
    List<Violation> violations = new ArrayList<>();
    Deaths deaths = new Deaths(evidence);
    RecordRules records = new RecordRules(deaths, violations);
    AnswerRules answers = new AnswerRules(deaths, violations);
    evidence.executions().values().forEach(records::judge);
    evidence.incidents().forEach(records::judge);
    Map<String, List<Execution>> byOrder =
        evidence.executions().values().stream().collect(Collectors.groupingBy(Execution::order));
    Map<String, Map<String, List<Call>>> calls = new HashMap<>();
    for (Call call : evidence.calls()) {
      calls
          .computeIfAbsent(call.order(), none -> new HashMap<>())
          .computeIfAbsent(call.service(), none -> new ArrayList<>())
          .add(call);
    }
    for (Answer answer : evidence.answers()) {
      List<Execution> own = byOrder.getOrDefault(answer.order(), List.of());
      Map<String, List<Call>> seen = calls.getOrDefault(answer.order(), Map.of());
      answers.judge(answer, own, !seen.isEmpty());
      new EffectRules(deaths, violations, answer, own.isEmpty() ? null : own.get(0), seen).judge();
    }
    return new Verdict(evidence, List.copyOf(violations));
  }

  /** How many effects were called more than once, beyond the first call. */
  long repeats() {
    Map<String, Long> times =
        evidence.calls().stream()
            .filter(call -> call.key() != null)
            .collect(Collectors.groupingBy(Call::key, Collectors.counting()));
    return times.values().stream().mapToLong(count -> count - 1).sum();
  }

  /** How often an execution was taken over. */
  long takeovers() {
    return evidence.executions().values().stream().mapToLong(one -> one.takeovers().size()).sum();
  }

  /** Executions by their final status. */
  Map<String, Long> statuses() {
    return evidence.executions().values().stream()
        .collect(Collectors.groupingBy(Execution::status, TreeMap::new, Collectors.counting()));
  }

  /** Answers by their status, 0 for none. */
  Map<Integer, Long> answers() {
    return evidence.answers().stream()
        .collect(Collectors.groupingBy(Answer::httpStatus, TreeMap::new, Collectors.counting()));
  }

  private Map<Violation.Rule, Long> broken() {
    return violations.stream()
        .collect(Collectors.groupingBy(Violation::rule, TreeMap::new, Collectors.counting()));
  }

  /** What happened, and what was wrong with it, with the story of the first orders. */
  String describe() {
    StringBuilder text = new StringBuilder();
    text.append("answers ").append(answers()).append(", executions ").append(statuses());
    text.append(", taken over ").append(takeovers());
    text.append(", effects repeated ").append(repeats());
    for (Incident incident : evidence.incidents()) {
      text.append("\n  ").append(incident);
    }
    if (!violations.isEmpty()) {
      text.append("\nbroken: ").append(broken());
    }
    violations.stream().limit(SHOWN * 10L).forEach(one -> text.append("\n  ").append(one));
    violations.stream()
        .map(Violation::order)
        .filter(order -> !order.isEmpty())
        .distinct()
        .limit(SHOWN)
        .forEach(order -> text.append("\n").append(evidence.timeline(order)));
    return text.toString();
  }
}
