package dev.millrace.engine.schema.proof;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.IntNode;

/** Finds a number within bounds and multiples; lives for one question of a {@link Search}. */
final class NumberSolver {
  private static final int MOST_TRIES = 400;
  private static final int MOST_DIGITS = 2_000;

  private final Search search;
  private final Goal goal;
  private final List<BigDecimal> units = new ArrayList<>();
  private final List<BigDecimal> notUnits = new ArrayList<>();
  private final List<BigDecimal> excluded = new ArrayList<>();
  private BigDecimal low;
  private BigDecimal high;
  private boolean lowOpen;
  private boolean highOpen;

  NumberSolver(Search search, Goal goal, List<Atom> atoms) {
    this.search = search;
    this.goal = goal;
    for (Atom atom : atoms) {
      add(atom);
    }
  }

  private void add(Atom atom) {
    if (atom instanceof Atom.AtLeast least) {
      int comparison = low == null ? 1 : least.bound().compareTo(low);
      if (comparison > 0) {
        low = least.bound();
        lowOpen = least.exclusive();
      } else if (comparison == 0) {
        lowOpen |= least.exclusive();
      }
    } else if (atom instanceof Atom.AtMost most) {
      int comparison = high == null ? -1 : most.bound().compareTo(high);
      if (comparison < 0) {
        high = most.bound();
        highOpen = most.exclusive();
      } else if (comparison == 0) {
        highOpen |= most.exclusive();
      }
    } else if (atom instanceof Atom.Multiple multiple) {
      units.add(multiple.unit());
    } else if (atom instanceof Atom.NotMultiple not) {
      notUnits.add(not.unit());
    } else if (atom instanceof Atom.Differs differs) {
      excluded.add(differs.value().decimalValue());
    }
  }

  Outcome solve() {
    if (low != null && high != null) {
      int comparison = low.compareTo(high);
      if (comparison > 0 || (comparison == 0 && (lowOpen || highOpen))) {
        return Outcome.empty();
      }
    }
    return units.isEmpty() ? amongAll() : amongMultiples();
  }

  private Outcome amongMultiples() {
    BigDecimal unit = units.get(0).abs();
    for (BigDecimal other : units) {
      unit = leastCommonMultiple(unit, other);
      if (unit.precision() > MOST_DIGITS || Math.abs((long) unit.scale()) > MOST_DIGITS) {
        return new Outcome.Unknown("the multiples are too large");
      }
    }
    for (BigDecimal not : notUnits) {
      if (JsonValues.isMultiple(unit, not)) {
        return Outcome.empty();
      }
    }
    BigInteger first = low == null ? null : firstFactor(unit);
    BigInteger last = high == null ? null : lastFactor(unit);
    if (first != null && last != null && first.compareTo(last) > 0) {
      return Outcome.empty();
    }
    return tryFactors(unit, first, last);
  }

  private BigInteger firstFactor(BigDecimal unit) {
    BigDecimal factor = low.divide(unit, 0, RoundingMode.CEILING);
    boolean onBound = lowOpen && factor.multiply(unit).compareTo(low) == 0;
    return factor.toBigInteger().add(onBound ? BigInteger.ONE : BigInteger.ZERO);
  }

  private BigInteger lastFactor(BigDecimal unit) {
    BigDecimal factor = high.divide(unit, 0, RoundingMode.FLOOR);
    boolean onBound = highOpen && factor.multiply(unit).compareTo(high) == 0;
    return factor.toBigInteger().subtract(onBound ? BigInteger.ONE : BigInteger.ZERO);
  }

  /** From the end nearest to zero, so that examples read well. */
  private Outcome tryFactors(BigDecimal unit, BigInteger first, BigInteger last) {
    BigInteger start;
    if (first != null && (last == null || first.signum() >= 0)) {
      start = first;
    } else if (last != null && (first == null || last.signum() <= 0)) {
      start = last;
    } else {
      start = BigInteger.ZERO;
    }
    for (int i = 0; i < MOST_TRIES; i++) {
      BigInteger step = BigInteger.valueOf((i + 1) / 2);
      BigInteger factor = i % 2 == 0 ? start.subtract(step) : start.add(step);
      if ((first == null || factor.compareTo(first) >= 0)
          && (last == null || factor.compareTo(last) <= 0)) {
        Outcome outcome = tried(unit.multiply(new BigDecimal(factor)));
        if (outcome != null) {
          return outcome;
        }
      }
    }
    boolean allTried =
        first != null
            && last != null
            && last.subtract(first).compareTo(BigInteger.valueOf(MOST_TRIES / 2 - 2)) < 0;
    return allTried ? Outcome.empty() : unknown();
  }

  private Outcome amongAll() {
    if (low != null && high != null && low.compareTo(high) == 0) {
      Outcome only = tried(low);
      return only == null ? Outcome.empty() : only;
    }
    for (BigDecimal candidate : candidates()) {
      Outcome outcome = tried(candidate);
      if (outcome != null) {
        return outcome;
      }
    }
    return unknown();
  }

  private List<BigDecimal> candidates() {
    List<BigDecimal> candidates = new ArrayList<>();
    BigDecimal one = BigDecimal.ONE;
    if (low != null && high != null) {
      BigDecimal width = high.subtract(low);
      if (low.signum() <= 0 && high.signum() >= 0) {
        candidates.add(BigDecimal.ZERO);
      }
      candidates.add(low);
      candidates.add(high);
      BigDecimal whole = low.setScale(0, RoundingMode.FLOOR).add(one);
      for (String part : List.of("0", "1", "2", "3", "0.5", "0.25", "0.1", "0.37")) {
        candidates.add(whole.add(new BigDecimal(part)));
      }
      for (String part : List.of("0.5", "0.25", "0.1", "0.37", "0.7129", "0.00317", "0.999")) {
        candidates.add(low.add(width.multiply(new BigDecimal(part))));
      }
    } else {
      BigDecimal start = low != null ? low : high != null ? high : BigDecimal.ZERO;
      for (String part : List.of("0", "1", "0.5", "2", "3", "5", "7", "0.25", "0.1", "0.37")) {
        BigDecimal distance = new BigDecimal(part);
        candidates.add(high != null ? start.subtract(distance) : start.add(distance));
      }
      for (int i = 4; i < 40; i++) {
        BigDecimal distance = BigDecimal.valueOf(i);
        candidates.add(high != null ? start.subtract(distance) : start.add(distance));
      }
    }
    BigDecimal finest = finestUnit();
    List<BigDecimal> finer = new ArrayList<>(candidates);
    for (BigDecimal candidate : finer) {
      candidates.add(candidate.add(finest));
      candidates.add(candidate.subtract(finest));
    }
    return candidates;
  }

  /** Something finer than every unit that may not divide the number. */
  private BigDecimal finestUnit() {
    BigDecimal finest = new BigDecimal("0.01");
    for (BigDecimal not : notUnits) {
      finest = finest.min(not.abs().multiply(new BigDecimal("0.1")));
    }
    if (low != null && high != null) {
      finest = finest.min(high.subtract(low).multiply(new BigDecimal("0.01")));
    }
    return finest;
  }

  /** The number as an outcome when it fits, else null. */
  private Outcome tried(BigDecimal value) {
    search.budget().spend(1);
    if (low != null && value.compareTo(low) < (lowOpen ? 1 : 0)) {
      return null;
    }
    if (high != null && value.compareTo(high) > (highOpen ? -1 : 0)) {
      return null;
    }
    for (BigDecimal not : notUnits) {
      if (JsonValues.isMultiple(value, not)) {
        return null;
      }
    }
    for (BigDecimal each : excluded) {
      if (each.compareTo(value) == 0) {
        return null;
      }
    }
    JsonNode number = node(value);
    return search.meets(goal, number) ? new Outcome.Witness(number) : null;
  }

  static JsonNode node(BigDecimal value) {
    BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    if (plain.scale() > 0 || plain.precision() - (long) plain.scale() > 1_000) {
      return DecimalNode.valueOf(plain);
    }
    BigInteger whole = plain.toBigInteger();
    return whole.bitLength() < 32
        ? IntNode.valueOf(whole.intValue())
        : BigIntegerNode.valueOf(whole);
  }

  private static Outcome unknown() {
    return new Outcome.Unknown("no number was found, and no proof that there is none");
  }

  private static BigDecimal leastCommonMultiple(BigDecimal left, BigDecimal right) {
    int scale = Math.max(0, Math.max(left.scale(), right.scale()));
    BigInteger a = left.setScale(scale).unscaledValue();
    BigInteger b = right.setScale(scale).unscaledValue();
    return new BigDecimal(a.multiply(b).abs().divide(a.gcd(b)), scale);
  }
}
