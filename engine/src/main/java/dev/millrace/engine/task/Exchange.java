package dev.millrace.engine.task;

import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * One request and its answer; made by a {@link RunningTask} for one attempt, lives on its event
 * loop.
 *
 * <p>It ends exactly once, and tells its owner then. Whatever Vert.x still reports afterwards is
 * ignored. Ended early, the request is reset: HTTP/1.1 knows no other way than closing the
 * connection, which is also what the service sees.
 */
final class Exchange implements Handler<Buffer> {
  /** How it ended. */
  enum End {
    /** With a whole answer, of whatever status. */
    ANSWERED,
    /** No connection; nothing was sent. */
    UNREACHABLE,
    /** Too many wait for a connection; nothing was sent. */
    POOL_FULL,
    /** The connection broke before an answer began. */
    BROKEN,
    /** The connection broke while the answer came. */
    TRUNCATED,
    /** The answer is larger than it may be. */
    TOO_LARGE,
    /** The answer's compression is broken or cut off. */
    UNREADABLE,
    TIMED_OUT,
    CANCELLED
  }

  /** Who hears of the end. */
  interface Owner {
    /** Whether the body of an answer with this status is wanted. */
    boolean wantsBody(int status);

    /** What the request must wait for before it is sent; null when it may go. */
    Future<Void> clearance();

    /** Adds the headers of this attempt. */
    void addHeaders(MultiMap headers);

    /** Runs an action on the exchange's event loop. */
    void onLoop(Runnable action);

    /** It is over. */
    void ended(Exchange exchange);
  }

  private static final Handler<Throwable> IGNORED = failure -> {};
  private static final String NO_BODY = "0";

  /** How much of an unwanted body is read so that the connection can be used again. */
  private static final int MOST_DISCARDED = 64 * 1024;

  private final HttpTaskOptions options;
  private final Timers timers;
  private final Owner owner;
  private final PreparedRequest prepared;

  private HttpClientRequest request;
  private HttpClientResponse response;
  private Buffer body;
  private boolean bodyCopied;
  private boolean discarding;
  private long received;
  private Timers.Alarm alarm;
  private boolean sent;
  private End end;
  private Throwable cause;

  Exchange(HttpTaskOptions options, Timers timers, Owner owner, PreparedRequest prepared) {
    this.options = options;
    this.timers = timers;
    this.owner = owner;
    this.prepared = prepared;
  }

  /**
   * Begins; to be called once.
   *
   * @param budgetMillis how long the whole of it may take, at least 1
   */
  void start(HttpClient client, SocketAddress server, long budgetMillis) {
    alarm = timers.schedule(budgetMillis, this::timeOut);
    // The pool's own timeout only makes a waiting place free again; it is set where one waits.
    RequestOptions target =
        new RequestOptions()
            .setServer(server)
            .setHost(prepared.host())
            .setPort(prepared.port())
            .setSsl(prepared.ssl())
            .setMethod(prepared.method())
            .setURI(prepared.uri())
            .setConnectTimeout(budgetMillis);
    try {
      client.request(target).onComplete(this::connected);
    } catch (IllegalStateException closed) {
      finish(End.UNREACHABLE, closed);
    }
  }

  /** Null until it is over. */
  End end() {
    return end;
  }

  /** Why it ended, where there was an exception. */
  Throwable cause() {
    return cause;
  }

  /** Whether the service may have seen the request. */
  boolean sent() {
    return sent;
  }

  /** The answer's status, 0 where none came. */
  int status() {
    return response == null ? 0 : response.statusCode();
  }

  /** The answer's headers; only where there is a status. */
  MultiMap headers() {
    return response.headers();
  }

  /** The answer's body; null when it is empty or was not wanted. */
  Buffer body() {
    return body;
  }

  /** The time is over. */
  private void timeOut() {
    alarm = null;
    // The status is known and says more than that its body took too long.
    stop(discarding ? End.ANSWERED : End.TIMED_OUT);
  }

  /** Nobody waits for the answer any more. */
  void cancel() {
    stop(End.CANCELLED);
  }

  private void connected(HttpClientRequest connection, Throwable failure) {
    if (end != null) {
      if (connection != null) {
        release(connection);
      }
      return;
    }
    if (failure != null) {
      finish(connectEnd(failure), failure);
      return;
    }
    request = connection;
    request.exceptionHandler(IGNORED);
    // Only now: it may have waited long for its connection.
    Future<Void> clearance = owner.clearance();
    if (clearance == null) {
      send();
    } else {
      clearance.onSuccess(cleared -> owner.onLoop(this::sendLate));
    }
  }

  private void sendLate() {
    if (end == null) {
      send();
    }
  }

  private void send() {
    MultiMap headers = request.headers();
    List<Map.Entry<String, String>> own = prepared.headers();
    for (int i = 0; i < own.size(); i++) {
      headers.add(own.get(i).getKey(), own.get(i).getValue());
    }
    owner.addHeaders(headers);
    request.response().onComplete(this::answered);
    sent = true;
    if (prepared.body() != null) {
      request.end(prepared.body());
      return;
    }
    if (prepared.takesBody()) {
      headers.set(HttpHeaders.CONTENT_LENGTH, NO_BODY);
    }
    request.end();
  }

  private void answered(HttpClientResponse answer, Throwable failure) {
    if (end != null) {
      return;
    }
    if (failure != null) {
      finish(failure instanceof TooLongFrameException ? End.TOO_LARGE : End.BROKEN, failure);
      return;
    }
    response = answer;
    discarding = !owner.wantsBody(answer.statusCode());
    answer.handler(this);
    answer.exceptionHandler(this::broken);
    answer.endHandler(this::complete);
    if (!discarding && announcedLength(answer) > options.maxResponseBytes()) {
      stop(End.TOO_LARGE);
    }
  }

  /** Takes a chunk of the body. */
  @Override
  public void handle(Buffer chunk) {
    if (end != null) {
      return;
    }
    received += chunk.length();
    if (discarding) {
      if (received > MOST_DISCARDED) {
        stop(End.ANSWERED);
      }
    } else if (received > options.maxResponseBytes()) {
      body = null;
      stop(End.TOO_LARGE);
    } else {
      append(chunk);
    }
  }

  private void append(Buffer chunk) {
    if (body == null) {
      body = chunk;
      return;
    }
    if (!bodyCopied) {
      // The first chunk is not ours to grow, and usually the only one.
      body = Buffer.buffer(2 * (body.length() + chunk.length())).appendBuffer(body);
      bodyCopied = true;
    }
    body.appendBuffer(chunk);
  }

  private void broken(Throwable failure) {
    if (end != null) {
      return;
    }
    finish(discarding ? End.ANSWERED : End.TRUNCATED, failure);
  }

  private void complete(Void ended) {
    if (end != null) {
      return;
    }
    boolean empty = body == null || body.length() == 0;
    ContentDecoder decoder = empty ? null : ContentDecoder.take(response.headers());
    if (decoder == null) {
      finish(End.ANSWERED, null);
    } else {
      decode(decoder);
    }
  }

  private void decode(ContentDecoder decoder) {
    try {
      body = decoder.decode(body, options.maxResponseBytes());
      finish(body == null ? End.TOO_LARGE : End.ANSWERED, null);
    } catch (IOException broken) {
      finish(End.UNREADABLE, broken);
    }
  }

  private void stop(End how) {
    if (end != null) {
      return;
    }
    // Set first: resetting reports a failure, which is ignored then.
    end = how;
    if (request != null) {
      request.reset();
    }
    finish(how, null);
  }

  private void finish(End how, Throwable why) {
    end = how;
    cause = why;
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
    owner.ended(this);
  }

  /** Gives back a connection that came too late; nothing was sent on it. */
  private static void release(HttpClientRequest late) {
    late.exceptionHandler(IGNORED);
    late.reset();
  }

  private static End connectEnd(Throwable failure) {
    if (failure instanceof ConnectionPoolTooBusyException) {
      return End.POOL_FULL;
    }
    return failure instanceof TimeoutException ? End.TIMED_OUT : End.UNREACHABLE;
  }

  private long announcedLength(HttpClientResponse answer) {
    String length = answer.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null || length.length() < 5 || prepared.method().equals(HttpMethod.HEAD)) {
      return 0;
    }
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException notNumber) {
      return 0;
    }
  }
}
