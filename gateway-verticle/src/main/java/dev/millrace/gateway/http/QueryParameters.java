package dev.millrace.gateway.http;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The query of a request, decoded once; immutable. Names and values keep the order of the query.
 */
public final class QueryParameters {
  private static final int MAXIMUM_PARAMETERS = 200;
  private static final QueryParameters EMPTY = new QueryParameters(List.of());

  private final List<Parameter> parameters;

  private QueryParameters(List<Parameter> parameters) {
    this.parameters = List.copyOf(parameters);
  }

  /** One name with its value; the value is empty where the query has no equals sign. */
  public record Parameter(String name, String value) {}

  /**
   * Decodes a raw query.
   *
   * @param raw what follows the question mark; null where there is none
   */
  public static QueryParameters parse(String raw) {
    if (raw == null || raw.isEmpty()) {
      return EMPTY;
    }
    List<Parameter> parameters = new ArrayList<>();
    int from = 0;
    while (from <= raw.length()) {
      int to = raw.indexOf('&', from);
      if (to < 0) {
        to = raw.length();
      }
      if (to > from) {
        if (parameters.size() == MAXIMUM_PARAMETERS) {
          throw invalid("The query has more than " + MAXIMUM_PARAMETERS + " parameters");
        }
        parameters.add(parameter(raw, from, to));
      }
      from = to + 1;
    }
    return new QueryParameters(parameters);
  }

  private static Parameter parameter(String raw, int from, int to) {
    int equals = raw.indexOf('=', from);
    if (equals < 0 || equals > to) {
      return new Parameter(PercentDecoder.decode(raw, from, to, true, "query"), "");
    }
    return new Parameter(
        PercentDecoder.decode(raw, from, equals, true, "query"),
        PercentDecoder.decode(raw, equals + 1, to, true, "query"));
  }

  /** All parameters, in the order of the query. */
  public List<Parameter> all() {
    return parameters;
  }

  /** Refuses parameters that the endpoint does not know, and those that are given twice. */
  public void allowOnly(String... known) {
    for (int index = 0; index < parameters.size(); index++) {
      String name = parameters.get(index).name();
      if (!contains(known, name)) {
        throw invalid(
            "The query parameter "
                + quoted(name)
                + " is not known here; "
                + (known.length == 0
                    ? "this endpoint takes none"
                    : "known are " + String.join(", ", known)));
      }
      for (int earlier = 0; earlier < index; earlier++) {
        if (parameters.get(earlier).name().equals(name)) {
          throw invalid("The query parameter " + name + " is given more than once");
        }
      }
    }
  }

  /** The first value of a parameter, or null. */
  public String value(String name) {
    for (int index = 0; index < parameters.size(); index++) {
      if (parameters.get(index).name().equals(name)) {
        return parameters.get(index).value();
      }
    }
    return null;
  }

  /** The value as one of the constants of an enum, whose lower-case names are the values. */
  public <E extends Enum<E>> E choice(String name, E[] choices, E whenAbsent) {
    String value = value(name);
    if (value == null) {
      return whenAbsent;
    }
    StringBuilder allowed = new StringBuilder();
    for (E choice : choices) {
      String label = choice.name().toLowerCase(Locale.ROOT);
      if (label.equals(value)) {
        return choice;
      }
      allowed.append(allowed.length() == 0 ? "" : ", ").append(label);
    }
    throw invalid(
        "The query parameter " + name + " is " + quoted(value) + "; allowed are " + allowed);
  }

  /** The value as true or false; a name without a value means true. */
  public boolean flag(String name) {
    String value = value(name);
    if (value == null || value.equals("false")) {
      return false;
    }
    if (value.equals("true") || value.isEmpty()) {
      return true;
    }
    throw invalid(
        "The query parameter " + name + " is " + quoted(value) + "; allowed are true, false");
  }

  /** The value as a whole number within bounds. */
  public int number(String name, int whenAbsent, int minimum, int maximum) {
    String value = value(name);
    if (value == null) {
      return whenAbsent;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= minimum && number <= maximum) {
        return number;
      }
    } catch (NumberFormatException e) {
      // answered below, together with numbers out of bounds
    }
    throw invalid(
        "The query parameter "
            + name
            + " is "
            + quoted(value)
            + "; allowed is a whole number from "
            + minimum
            + " to "
            + maximum);
  }

  private static boolean contains(String[] names, String name) {
    for (String candidate : names) {
      if (candidate.equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static String quoted(String value) {
    String shown = value.length() > 40 ? value.substring(0, 40) + "..." : value;
    return "\"" + shown.replaceAll("\\p{Cntrl}", "?") + "\"";
  }

  private static FailureException invalid(String detail) {
    return Failure.of(ErrorCode.InvalidRequest, detail).exception();
  }
}
