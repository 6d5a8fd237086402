package dev.millrace.engine.bus;

import dev.millrace.engine.execution.EngineServices;
import dev.millrace.engine.execution.ExecutionResultJson;
import dev.millrace.engine.execution.WorkflowEngine;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.json.VertxJson;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureException;
import dev.millrace.engine.problem.FailureJson;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers the event bus for one orchestrator; owned by the {@link OrchestratorVerticle}, lives on
 * its event loop. Failures are replied with the HTTP status as code and the problem document as
 * message.
 */
final class EngineBus {
  private static final Logger LOG = LoggerFactory.getLogger(EngineBus.class);

  private final WorkflowEngine engine;
  private final EngineServices services;
  private final Vertx vertx;
  private final MessageConsumer<Object> execute;
  private final MessageConsumer<Object> test;

  EngineBus(Vertx vertx, WorkflowEngine engine, EngineServices services) {
    this.vertx = vertx;
    this.engine = engine;
    this.services = services;
    this.execute = vertx.eventBus().consumer(EngineAddresses.EXECUTE, this::execute);
    this.test = vertx.eventBus().consumer(EngineAddresses.TEST, this::test);
  }

  /** Completes when the addresses are known everywhere. */
  Future<Void> ready() {
    return Future.all(execute.completion(), test.completion()).mapEmpty();
  }

  /** Takes no messages any more. */
  Future<Void> close() {
    return Future.join(execute.unregister(), test.unregister()).mapEmpty();
  }

  private void execute(Message<Object> message) {
    Failure full = engine.refusal();
    if (full != null) {
      fail(message, full.exception());
      return;
    }
    BusRequest request;
    try {
      request = BusRequest.read(message.body());
    } catch (FailureException refused) {
      fail(message, refused);
      return;
    }
    engine
        .execute(request.toExecution(message.headers()))
        .onComplete(
            (result, failure) -> {
              if (failure == null) {
                reply(message, ExecutionResultJson.of(result, request.detail()));
              } else {
                fail(message, failure);
              }
            });
  }

  private void test(Message<Object> message) {
    BusRequest request;
    try {
      request = BusRequest.read(message.body());
    } catch (FailureException refused) {
      fail(message, refused);
      return;
    }
    services
        .estimates(request.namespace(), request.workflow())
        .compose(
            estimates ->
                vertx.executeBlocking(
                    () ->
                        services.dryRun(
                            request.namespace(), request.workflow(), request.input(), estimates),
                    false))
        .onComplete(
            (plan, failure) -> {
              if (failure == null) {
                reply(message, plan);
              } else {
                fail(message, failure);
              }
            });
  }

  private static void reply(Message<Object> message, ObjectNode answer) {
    message.reply((JsonObject) VertxJson.toVertx(answer));
  }

  private static void fail(Message<Object> message, Throwable cause) {
    Failure failure;
    if (cause instanceof FailureException expected) {
      failure = expected.failure();
    } else {
      LOG.error("Unexpected fault while a message was answered", cause);
      failure = Failure.of(ErrorCode.InternalError, "an unexpected fault");
    }
    message.fail(failure.code().status(), Json.toText(FailureJson.of(failure)));
  }
}
