package dev.millrace.app.program;

import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Looks at ports before they are used; called once at start, by the thread of the command.
 *
 * <p>Port 0 becomes a real one here, because all event loops have to share it: each of them would
 * get a port of its own.
 */
public final class FreePort {

  private static final int BACKLOG = 1;

  private FreePort() {}

  /** Whether nobody listens there yet. */
  public static boolean isFree(String host, int port) {
    return of(host, port).succeeded();
  }

  /** The port itself, or a free one for 0; fails when it cannot be had. */
  public static Future<Integer> of(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port), BACKLOG);
      return Future.succeededFuture(socket.getLocalPort());
    } catch (IOException taken) {
      return Future.failedFuture(
          new IOException(
              "cannot listen at "
                  + host
                  + ":"
                  + port
                  + " ("
                  + taken.getMessage()
                  + "); choose another one with --http-host and --http-port, where port 0 is any"
                  + " free one",
              taken));
    }
  }
}
