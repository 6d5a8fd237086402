package dev.millrace.gateway.http;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes percent-encoded text strictly: broken escapes and invalid UTF-8 are the caller's fault.
 */
final class PercentDecoder {
  private PercentDecoder() {}

  /**
   * Decodes a part of a text.
   *
   * @param plusIsSpace as in a query
   * @param place the name of the place, for the message
   */
  static String decode(String text, int from, int to, boolean plusIsSpace, String place) {
    int at = from;
    while (at < to) {
      char character = text.charAt(at);
      if (character == '%' || character > 0x7f || (plusIsSpace && character == '+')) {
        return decodeBytes(text, from, to, plusIsSpace, place);
      }
      at++;
    }
    return text.substring(from, to);
  }

  private static String decodeBytes(
      String text, int from, int to, boolean plusIsSpace, String place) {
    ByteBuffer bytes = ByteBuffer.allocate(to - from);
    for (int at = from; at < to; at++) {
      char character = text.charAt(at);
      if (character == '%') {
        boolean whole = at + 2 < to;
        int high = whole ? Character.digit(text.charAt(at + 1), 16) : -1;
        int low = whole ? Character.digit(text.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw invalid(place, "a percent sign that two hexadecimal digits do not follow");
        }
        bytes.put((byte) (high * 16 + low));
        at += 2;
      } else if (character == '+' && plusIsSpace) {
        bytes.put((byte) ' ');
      } else if (character > 0xff) {
        throw invalid(place, "a character that is not percent-encoded");
      } else {
        bytes.put((byte) character);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(bytes.flip())
          .toString();
    } catch (CharacterCodingException e) {
      throw invalid(place, "bytes that are not UTF-8");
    }
  }

  private static FailureException invalid(String place, String what) {
    return Failure.of(ErrorCode.InvalidRequest, "The request's " + place + " holds " + what)
        .exception();
  }
}
