package dev.millrace.persistence;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Stands between a gateway and its database in tests: cuts connections, refuses new ones, loses the
 * answer to a statement that the database has carried out, or falls silent as a broken network
 * does.
 */
final class FlakyProxy {
  private volatile DatabaseUrl target;
  private final NetServer server;
  private final NetClient client;
  private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean reachable = true;
  private volatile boolean silent;
  private volatile boolean deaf;
  private volatile Predicate<Buffer> cutAfter = request -> false;

  private FlakyProxy(Vertx vertx, DatabaseUrl target) {
    this.target = target;
    this.server = vertx.createNetServer(new NetServerOptions().setHost("127.0.0.1").setPort(0));
    this.client = vertx.createNetClient();
  }

  static Future<FlakyProxy> start(Vertx vertx, DatabaseUrl target) {
    FlakyProxy proxy = new FlakyProxy(vertx, target);
    return proxy.server.connectHandler(proxy::accept).listen().map(proxy);
  }

  DatabaseUrl url() {
    return new DatabaseUrl(
        "127.0.0.1",
        server.actualPort(),
        target.database(),
        target.user(),
        target.password(),
        target.parameters());
  }

  /** Cuts all connections and refuses new ones. */
  void goAway() {
    reachable = false;
    sockets.forEach(NetSocket::close);
  }

  void comeBack() {
    reachable = true;
  }

  /**
   * From now on the connections there are, and new ones, are open but dead.
   *
   * @param requestsArrive whether the database still hears what is sent, and only its answers
   *     vanish
   */
  void fallSilent(boolean requestsArrive) {
    deaf = !requestsArrive;
    silent = true;
  }

  /** New connections work again; those that are dead stay dead. */
  void speakAgain() {
    silent = false;
    deaf = false;
  }

  /** The database listens elsewhere now. */
  void retarget(DatabaseUrl url) {
    target = url;
  }

  /**
   * Passes the next such request on, but cuts the connection instead of passing its answer back.
   */
  void loseAnswerTo(Predicate<Buffer> request) {
    cutAfter = request;
  }

  private void accept(NetSocket gateway) {
    if (silent) {
      sockets.add(gateway);
      return;
    }
    if (!reachable) {
      gateway.close();
      return;
    }
    gateway.pause();
    sockets.add(gateway);
    gateway.closeHandler(closed -> sockets.remove(gateway));
    client
        .connect(target.port(), target.host())
        .onFailure(failure -> gateway.close())
        .onSuccess(database -> join(gateway, database));
  }

  private void join(NetSocket gateway, NetSocket database) {
    boolean[] losing = new boolean[1];
    boolean[] dead = new boolean[1];
    gateway.closeHandler(
        closed -> {
          sockets.remove(gateway);
          if (!losing[0] && !dead[0]) {
            database.close();
          }
        });
    database.closeHandler(closed -> gateway.close());
    gateway.handler(
        request -> {
          dead[0] |= silent;
          if (dead[0] && deaf) {
            return;
          }
          if (cutAfter.test(request)) {
            cutAfter = other -> false;
            losing[0] = true;
          }
          database.write(request);
        });
    database.handler(
        answer -> {
          dead[0] |= silent;
          if (losing[0]) {
            gateway.close();
            database.close();
          } else if (!dead[0]) {
            gateway.write(answer);
          }
        });
    gateway.resume();
  }
}
