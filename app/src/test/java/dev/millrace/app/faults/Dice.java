package dev.millrace.app.faults;

/**
 * Chance that a seed decides: the same seed, name and number of sides give the same throw, in
 * whatever order they are thrown. Any thread.
 */
record Dice(long seed) {
  /** A number from 0 below the number of sides. */
  int roll(String name, int sides) {
    long mixed = seed * 0x9E3779B97F4A7C15L;
    for (int i = 0; i < name.length(); i++) {
      mixed = (mixed ^ name.charAt(i)) * 0xBF58476D1CE4E5B9L;
      mixed ^= mixed >>> 29;
    }
    mixed = (mixed ^ (mixed >>> 32)) * 0x94D049BB133111EBL;
    return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 31), sides);
  }
}
