package dev.millrace.engine.schema;

import java.net.IDN;

/**
 * The addresses that {@code email} (RFC 5321) and {@code idn-email} (RFC 6531) stand for, told in
 * one pass; stateless, usable on any thread.
 *
 * <p>Any domain will do: which top-level domains exist is no matter of form, and changes.
 */
final class Mailbox {
  private static final int LONGEST_LOCAL_PART = 64;
  private static final int LONGEST_DOMAIN = 255;
  private static final int LONGEST_LABEL = 63;
  private static final int FIRST_PRINTABLE_BEYOND_ASCII = 0xA0;
  private static final String ATOM_SPECIALS = "!#$%&'*+-/=?^_`{|}~";

  private Mailbox() {}

  /**
   * Whether the text is an address.
   *
   * @param international whether characters beyond ASCII are allowed
   */
  static boolean matches(String text, boolean international) {
    int at = text.lastIndexOf('@');
    return at > 0
        && at <= LONGEST_LOCAL_PART
        && text.length() - at - 1 <= LONGEST_DOMAIN
        && (text.charAt(0) == '"'
            ? isQuoted(text, at, international)
            : isDotted(text, at, international))
        && (text.startsWith("[", at + 1)
            ? isAddressLiteral(text.substring(at + 1))
            : isDomain(text, at + 1, international));
  }

  /** Atoms with single dots between them. */
  private static boolean isDotted(String text, int end, boolean international) {
    boolean afterDot = true;
    for (int i = 0; i < end; i++) {
      char unit = text.charAt(i);
      if (unit == '.' && afterDot) {
        return false;
      }
      if (unit != '.' && !isAtomic(unit, international)) {
        return false;
      }
      afterDot = unit == '.';
    }
    return !afterDot;
  }

  private static boolean isQuoted(String text, int end, boolean international) {
    if (end < 2 || text.charAt(end - 1) != '"') {
      return false;
    }
    for (int i = 1; i < end - 1; i++) {
      char unit = text.charAt(i);
      if (unit == '\\') {
        i++;
        if (i == end - 1) {
          return false;
        }
        unit = text.charAt(i);
      } else if (unit == '"') {
        return false;
      }
      boolean printable = unit >= ' ' && unit < 0x7F;
      if (!printable && !(international && unit >= FIRST_PRINTABLE_BEYOND_ASCII)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDomain(String text, int from, boolean international) {
    int start = from;
    while (true) {
      int dot = text.indexOf('.', start);
      int end = dot < 0 ? text.length() : dot;
      if (!isLabel(text, start, end, international)) {
        return false;
      }
      if (dot < 0) {
        return true;
      }
      start = dot + 1;
    }
  }

  private static boolean isLabel(String text, int start, int end, boolean international) {
    if (start == end || end - start > LONGEST_LABEL) {
      return false;
    }
    for (int i = start; i < end; i++) {
      char unit = text.charAt(i);
      boolean inner = i > start && i < end - 1;
      if (!isAlphanumeric(unit) && !(unit == '-' && inner)) {
        return international && isInternational(text.substring(start, end));
      }
    }
    return true;
  }

  private static boolean isInternational(String label) {
    try {
      return IDN.toASCII(label, IDN.USE_STD3_ASCII_RULES).length() <= LONGEST_LABEL;
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }

  /** {@code [192.0.2.1]} or {@code [IPv6:2001:db8::1]}. */
  private static boolean isAddressLiteral(String text) {
    if (!text.endsWith("]")) {
      return false;
    }
    String address = text.substring(1, text.length() - 1);
    return address.regionMatches(true, 0, "IPv6:", 0, 5)
        ? SchemaFormats.isIpv6(address.substring(5))
        : SchemaFormats.patternOf("ipv4").matches(address);
  }

  private static boolean isAtomic(char unit, boolean international) {
    return isAlphanumeric(unit)
        || ATOM_SPECIALS.indexOf(unit) >= 0
        || (international && unit >= FIRST_PRINTABLE_BEYOND_ASCII);
  }

  private static boolean isAlphanumeric(char unit) {
    return (unit >= 'a' && unit <= 'z')
        || (unit >= 'A' && unit <= 'Z')
        || (unit >= '0' && unit <= '9');
  }
}
