package dev.millrace.engine.task;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * The content codings of answers that can be undone: gzip, and deflate, which means the zlib format
 * (RFC 1950) but is also sent without it (RFC 1951); stateless, used on any event loop.
 *
 * <p>A whole body is decoded at once. A decoder in each connection's pipeline would look at all
 * answers, of which nearly none is coded.
 */
enum ContentDecoder {
  GZIP {
    @Override
    byte[] inflate(byte[] coded, int most) throws IOException {
      try (InputStream body = new GZIPInputStream(new ByteArrayInputStream(coded))) {
        return body.readNBytes(most);
      }
    }
  },
  DEFLATE {
    @Override
    byte[] inflate(byte[] coded, int most) throws IOException {
      Inflater inflater = new Inflater(!isZlib(coded));
      try (InputStream body = new InflaterInputStream(new ByteArrayInputStream(coded), inflater)) {
        byte[] plain = body.readNBytes(most);
        if (plain.length < most && !inflater.finished()) {
          throw new ZipException("The zlib data need a dictionary");
        }
        return plain;
      } finally {
        inflater.end();
      }
    }
  };

  /** The codings, as a request names them. */
  static final CharSequence CODINGS = HttpHeaders.createOptimized("deflate, gzip");

  /** At most so many bytes of what the coded ones mean. */
  abstract byte[] inflate(byte[] coded, int most) throws IOException;

  /**
   * Takes the headers that speak of the coded form away.
   *
   * @return null where the body is to be taken as it is: it has no coding, or one that nobody asked
   *     for, which more often is a wrong header than a coded body
   */
  static ContentDecoder take(MultiMap headers) {
    String coding = headers.get(HttpHeaders.CONTENT_ENCODING);
    if (coding == null) {
      return null;
    }
    ContentDecoder decoder = of(coding);
    if (decoder != null) {
      headers.remove(HttpHeaders.CONTENT_ENCODING).remove(HttpHeaders.CONTENT_LENGTH);
    }
    return decoder;
  }

  private static ContentDecoder of(String coding) {
    if (coding.equalsIgnoreCase("gzip") || coding.equalsIgnoreCase("x-gzip")) {
      return GZIP;
    }
    boolean deflate = coding.equalsIgnoreCase("deflate") || coding.equalsIgnoreCase("x-deflate");
    return deflate ? DEFLATE : null;
  }

  /**
   * The decoded body; null where it is longer than it may be, and then the rest is not decoded.
   *
   * @throws IOException where the body is damaged or cut off
   */
  Buffer decode(Buffer coded, int maxBytes) throws IOException {
    byte[] body =
        inflate(coded.getBytes(), maxBytes == Integer.MAX_VALUE ? maxBytes : maxBytes + 1);
    return body.length > maxBytes ? null : Buffer.buffer(body);
  }

  /** Whether it begins as zlib: the header names deflate, and is a multiple of 31. */
  private static boolean isZlib(byte[] coded) {
    if (coded.length < 2) {
      return false;
    }
    int method = coded[0] & 0xff;
    return (method & 0x8f) == 8 && ((method << 8) | (coded[1] & 0xff)) % 31 == 0;
  }
}
