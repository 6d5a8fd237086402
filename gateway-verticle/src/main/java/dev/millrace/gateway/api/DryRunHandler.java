package dev.millrace.gateway.api;

import dev.millrace.engine.execution.EngineServices;
import dev.millrace.engine.json.Json;
import dev.millrace.gateway.http.Answer;
import dev.millrace.gateway.http.BackgroundWork;
import dev.millrace.gateway.http.Endpoint;
import dev.millrace.gateway.http.Exchange;
import dev.millrace.gateway.http.JsonBody;
import io.vertx.core.Future;

/**
 * Plans an execution without calling anything: {@code POST /api/v1/workflows/{name}/test}; owned by
 * the gateway verticle.
 */
public final class DryRunHandler implements Endpoint {
  private final BackgroundWork work;
  private final EngineServices engine;

  public DryRunHandler(BackgroundWork work, EngineServices engine) {
    this.work = work;
    this.engine = engine;
  }

  @Override
  public Future<Answer> handle(Exchange exchange) {
    exchange.query().allowOnly("namespace");
    String namespace = exchange.query().value("namespace");
    String workflow = exchange.pathValue("name");
    return JsonBody.read(exchange)
        .compose(
            input ->
                engine
                    .estimates(namespace, workflow)
                    .compose(
                        estimates ->
                            work.run(
                                () ->
                                    Answer.json(
                                        Json.toBuffer(
                                            engine.dryRun(
                                                namespace, workflow, input, estimates))))));
  }
}
