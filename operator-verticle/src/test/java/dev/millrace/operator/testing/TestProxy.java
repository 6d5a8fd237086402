package dev.millrace.operator.testing;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What lies between a client and the API server, and can be disturbed: passes bytes on, from a port
 * of loopback. Owned by the test that opened it; its threads end with it.
 */
public final class TestProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final URI target;
  private final List<Line> lines = new CopyOnWriteArrayList<>();

  /** One connection. */
  private static final class Line {
    final Socket near;
    final Socket far;
    volatile boolean silent;

    Line(Socket near, Socket far) {
      this.near = near;
      this.far = far;
    }

    void pump(Socket from, Socket to) {
      byte[] bytes = new byte[8192];
      try {
        for (int n = from.getInputStream().read(bytes);
            n >= 0;
            n = from.getInputStream().read(bytes)) {
          if (!silent) {
            to.getOutputStream().write(bytes, 0, n);
          }
        }
      } catch (IOException ended) {
        // By either side.
      }
      close();
    }

    void close() {
      try {
        near.close();
        far.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private TestProxy(ServerSocket listening, URI target) {
    this.listening = listening;
    this.target = target;
  }

  /** Opens one before the server of a configuration. */
  public static TestProxy before(Config server) {
    try {
      TestProxy proxy =
          new TestProxy(
              new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
              URI.create(server.getMasterUrl()));
      thread(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "test-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listening.accept();
        Line line = new Line(near, new Socket(target.getHost(), target.getPort()));
        lines.add(line);
        thread(() -> line.pump(line.near, line.far));
        thread(() -> line.pump(line.far, line.near));
      }
    } catch (IOException closed) {
      // By close().
    }
  }

  /** Where clients find the server. */
  public String address() {
    return "https://127.0.0.1:" + listening.getLocalPort();
  }

  /** Ends all connections; new ones can be made. */
  public void cut() {
    lines.forEach(Line::close);
    lines.clear();
  }

  /** Loses, from now on, all that is sent on the present connections; new ones can be made. */
  public void silence() {
    lines.forEach(line -> line.silent = true);
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
