package dev.millrace.persistence;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.SqlConnectionInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Notices a server that neither answers nor goes away, as behind a broken network; one for each
 * limit, used from any event loop.
 *
 * <p>Closing a connection politely, as the client does, would wait for such a server for good.
 * Therefore a connection that is silent for too long is cut ({@link #watch}), and before a new one
 * is begun the server must show on another socket that it answers at all ({@link #probe}).
 */
final class ServerSilence {
  /** PostgreSQL's request for GSS encryption: every server answers it at once, and logs nothing. */
  private static final Buffer QUESTION = Buffer.buffer().appendInt(8).appendInt(80877104);

  private static final int CONNECT_MILLIS = 10_000;

  private final NetClient client;
  private final DatabaseUrl url;
  private final long limitMillis;

  /**
   * Watches one server.
   *
   * @param limit how long it may be silent
   */
  ServerSilence(Vertx vertx, DatabaseUrl url, Duration limit) {
    this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS));
    this.url = url;
    this.limitMillis = limit.toMillis();
  }

  /** Completes when the server says anything, fails when it does not within the limit. */
  Future<Void> probe() {
    return client
        .connect(url.port(), url.host())
        .compose(
            socket ->
                answer(socket)
                    .timeout(limitMillis, TimeUnit.MILLISECONDS)
                    .onComplete(over -> socket.close()));
  }

  private static Future<Void> answer(NetSocket socket) {
    Promise<Void> answered = Promise.promise();
    socket.handler(anything -> answered.tryComplete());
    socket.closeHandler(closed -> answered.tryComplete());
    socket.write(QUESTION);
    return answered.future();
  }

  /**
   * Cuts a connection, also one in a pool, once nothing came from it for as long as the limit; what
   * waits for an answer on it fails then. It ends an idle connection too.
   */
  void watch(SqlConnection connection) {
    if (connection instanceof SqlConnectionInternal internal
        && internal.unwrap().unwrap() instanceof SocketConnectionBase socket) {
      Channel channel = socket.socket().channelHandlerContext().channel();
      // before the client's own handlers, which would only ask the server to close
      channel.pipeline().addFirst("silence", new Cutter(limitMillis));
    }
  }

  /** Cuts its own connection; lives on the connection's event loop. */
  private static final class Cutter extends IdleStateHandler {
    Cutter(long limitMillis) {
      super(limitMillis, 0, 0, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelIdle(ChannelHandlerContext context, IdleStateEvent silence) {
      // whoever uses the connection hears of its end
      var unused = context.close();
    }
  }

  Future<Void> close() {
    return client.close();
  }
}
