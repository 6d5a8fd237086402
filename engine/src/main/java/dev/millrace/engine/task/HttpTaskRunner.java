package dev.millrace.engine.task;

import dev.millrace.engine.definition.RetryTrigger;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Runs the HTTP calls of tasks; made by an orchestrator on its event loop, lives on that event loop
 * alone, with its own connections.
 *
 * <p>It uses the HTTP client of Vert.x core and not the Web Client on top of it, because three
 * things need what lies beneath: an attempt in flight must be stopped at once, an answer must be
 * cut off while it streams, and a request that was never sent must be told from one that may have
 * arrived.
 */
public final class HttpTaskRunner implements TaskRunner {
  static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("retry-after");

  /** How long a service must have had for an answer before silence counts against it. */
  static final long FAIR_CHANCE_MILLIS = 1000;

  private static final CharSequence TRACEPARENT = HttpHeaders.createOptimized("traceparent");
  private static final CharSequence TRACESTATE = HttpHeaders.createOptimized("tracestate");
  private static final CharSequence REQUEST_TIMEOUT =
      HttpHeaders.createOptimized("X-Request-Timeout-Ms");
  private static final CharSequence IDEMPOTENCY_KEY =
      HttpHeaders.createOptimized("Idempotency-Key");

  final HttpTaskOptions options;
  final TaskGuards guards;
  final AttemptListener listener;
  final Timers timers;
  final RandomGenerator random;
  final HttpClientAgent client;
  private final Vertx vertx;
  private final EventLoop eventLoop;

  private HttpTaskRunner(
      Vertx vertx,
      HttpTaskOptions options,
      TaskGuards guards,
      AttemptListener listener,
      Timers timers,
      RandomGenerator random) {
    this.vertx = vertx;
    this.options = options;
    this.guards = guards;
    this.listener = listener;
    this.timers = timers;
    this.random = random;
    this.client =
        vertx
            .httpClientBuilder()
            .with(options.client())
            .with(options.pool())
            // Without a handler Vert.x logs what is wrong with an answer, and parts of the answer.
            .withConnectHandler(connection -> connection.exceptionHandler(failure -> {}))
            .build();
    this.eventLoop = ((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop();
  }

  /**
   * Makes a runner for the calling event loop.
   *
   * @param guards the same for all runners of the process
   */
  public static HttpTaskRunner create(
      Vertx vertx, HttpTaskOptions options, TaskGuards guards, AttemptListener listener) {
    return create(vertx, options, guards, listener, Timers.of(vertx), new SplittableRandom());
  }

  static HttpTaskRunner create(
      Vertx vertx,
      HttpTaskOptions options,
      TaskGuards guards,
      AttemptListener listener,
      Timers timers,
      RandomGenerator random) {
    return new HttpTaskRunner(vertx, options, guards, listener, timers, random);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException when called from another event loop
   */
  @Override
  public Future<TaskOutcome> run(TaskCall call) {
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    if (context.nettyEventLoop() != eventLoop) {
      throw new IllegalStateException(
          "A task runner belongs to the event loop that made it; make one for each");
    }
    Promise<TaskOutcome> outcome = context.promise();
    RunningTask running = new RunningTask(this, context, call, outcome);
    if (context.inThread()) {
      running.start();
    } else {
      context.runOnContext(ignored -> running.start());
    }
    return outcome.future();
  }

  /** Closes all connections; calls in flight fail. */
  public Future<Void> close() {
    return client.close();
  }

  /**
   * Adds what goes downstream beside the task's own headers: the codings, the trace, the budget,
   * the key.
   */
  void addHeaders(MultiMap headers, TaskCall call, long budgetMillis) {
    if (!headers.contains(HttpHeaders.ACCEPT_ENCODING)) {
      headers.add(HttpHeaders.ACCEPT_ENCODING, ContentDecoder.CODINGS);
    }
    TraceContext trace = call.trace();
    if (TraceParent.isValid(trace.traceparent())) {
      headers.add(TRACEPARENT, TraceParent.child(trace.traceparent(), random));
      if (TraceParent.isValidState(trace.tracestate())) {
        headers.add(TRACESTATE, trace.tracestate());
      }
    }
    headers.add(REQUEST_TIMEOUT, Long.toString(budgetMillis));
    if (!call.task().idempotent()) {
      headers.add(IDEMPOTENCY_KEY, call.executionId() + '/' + call.taskId());
    }
  }

  /**
   * Whether a failed attempt may be followed by another one: the policy says so, and the service
   * has not seen the request or does not mind to see it twice.
   */
  boolean mayRepeat(TaskCall call, Exchange ended, int attemptsMade) {
    if (attemptsMade >= call.retry().maxAttempts()) {
      return false;
    }
    if (ended.sent() && !call.task().idempotent()) {
      return false;
    }
    List<RetryTrigger> triggers = call.retry().on();
    for (int i = 0; i < triggers.size(); i++) {
      if (matches(triggers.get(i), ended)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(RetryTrigger trigger, Exchange ended) {
    if (trigger instanceof RetryTrigger.Connect) {
      return ended.end() == Exchange.End.UNREACHABLE
          || ended.end() == Exchange.End.BROKEN
          || ended.end() == Exchange.End.TRUNCATED;
    }
    if (trigger instanceof RetryTrigger.Timeout) {
      return ended.end() == Exchange.End.TIMED_OUT;
    }
    if (trigger instanceof RetryTrigger.Status status) {
      return ended.end() == Exchange.End.ANSWERED && status.pattern().matches(ended.status());
    }
    throw new IllegalStateException("Unknown retry trigger " + trigger.getClass());
  }
}
