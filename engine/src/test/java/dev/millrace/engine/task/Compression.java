package dev.millrace.engine.task;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses as services do, well and strangely. */
final class Compression {
  private Compression() {}

  static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** With every field that a header may have. */
  static byte[] gzipOfManyFields(String text) {
    byte[] plain = gzip(text);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(plain, 0, 3);
    bytes.write(0x02 | 0x04 | 0x08 | 0x10);
    bytes.write(plain, 4, 6);
    // 300 bytes: a length of which both bytes matter.
    bytes.write(300 & 0xff);
    bytes.write(300 >> 8);
    bytes.writeBytes(new byte[300]);
    bytes.writeBytes("name\0comment\0".getBytes(StandardCharsets.UTF_8));
    CRC32 checksum = new CRC32();
    checksum.update(bytes.toByteArray());
    bytes.write((int) checksum.getValue() & 0xff);
    bytes.write((int) checksum.getValue() >> 8 & 0xff);
    bytes.write(plain, 10, plain.length - 10);
    return bytes.toByteArray();
  }

  /** In two parts, one behind the other. */
  static byte[] gzipOfTwoMembers(String text) {
    int middle = text.length() / 2;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(gzip(text.substring(0, middle)));
    bytes.writeBytes(gzipOfManyFields(text.substring(middle)));
    return bytes.toByteArray();
  }

  /** As RFC 9110 means it: within the zlib format. */
  static byte[] deflate(String text) {
    return deflate(text, false);
  }

  /** As some services mean it: without the zlib format around it. */
  static byte[] rawDeflate(String text) {
    return deflate(text, true);
  }

  private static byte[] deflate(String text, boolean raw) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
    try {
      deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
      deflater.finish();
      byte[] bytes = new byte[text.length() * 2 + 100];
      return Arrays.copyOf(bytes, deflater.deflate(bytes));
    } finally {
      deflater.end();
    }
  }

  /** The bytes with one of them changed; counted from the end where negative. */
  static byte[] changed(byte[] bytes, int place) {
    byte[] copy = bytes.clone();
    copy[place < 0 ? bytes.length + place : place] ^= 0x40;
    return copy;
  }

  /** Without so many bytes at the end. */
  static byte[] cut(byte[] bytes, int missing) {
    return Arrays.copyOf(bytes, bytes.length - missing);
  }
}
