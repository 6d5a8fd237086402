package dev.millrace.gateway.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A client that sends whatever bytes a test wants; owned by one test, on its thread. */
public final class RawConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 15_000;

  private final Socket socket;
  private final InputStream in;

  private RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** Connects to a port of this machine. */
  public static RawConnection to(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return new RawConnection(socket);
  }

  /** Sends a text, one byte a character. */
  public RawConnection send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends bytes. */
  public RawConnection send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends a JSON body to a path. */
  public RawConnection post(String path, byte[] body) throws IOException {
    return send("POST "
            + path
            + " HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n\r\n")
        .send(body);
  }

  /** Reads one whole answer. */
  public HttpAnswer answer() throws IOException {
    return answer(true);
  }

  /** Reads one whole answer to a HEAD, whose length is that of a body which does not come. */
  public HttpAnswer headAnswer() throws IOException {
    return answer(false);
  }

  private HttpAnswer answer(boolean bodyComes) throws IOException {
    String status = line();
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).trim());
    }
    int code = Integer.parseInt(status.substring(9, 12));
    if (code == 100 || !bodyComes) {
      return new HttpAnswer(code, headers, "");
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    return new HttpAnswer(code, headers, new String(body, StandardCharsets.UTF_8));
  }

  /** Reads until the other side closes; true when it does so within the timeout. */
  public boolean isClosedByOther() throws IOException {
    try {
      while (in.read() >= 0) {
        // what is still on its way does not matter
      }
      return true;
    } catch (SocketException e) {
      return true;
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("closed after: " + line.toString(StandardCharsets.ISO_8859_1));
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
