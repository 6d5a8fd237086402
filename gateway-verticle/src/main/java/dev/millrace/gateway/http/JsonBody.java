package dev.millrace.gateway.http;

import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads the JSON body of a request, once and straight from its bytes; stateless. */
public final class JsonBody {
  private JsonBody() {}

  /** The body as JSON; an empty body is the empty object. */
  public static Future<JsonNode> read(Exchange exchange) {
    return read(exchange, () -> null);
  }

  /**
   * The same, unless there is a reason not to look at it.
   *
   * @param refusal asked before the body is read, and again before it is parsed; null to go on
   */
  public static Future<JsonNode> read(Exchange exchange, Supplier<Failure> refusal) {
    MediaType.requireJson(
        MediaType.claimed(exchange.header("Content-Type"), exchange.header("Origin")));
    proceed(refusal);
    return exchange
        .body()
        .map(
            body -> {
              proceed(refusal);
              return parse(body);
            });
  }

  private static void proceed(Supplier<Failure> refusal) {
    Failure refused = refusal.get();
    if (refused != null) {
      throw refused.exception();
    }
  }

  private static JsonNode parse(Buffer body) {
    if (body.length() == 0) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      return Json.read(body);
    } catch (InvalidJsonException e) {
      throw Failure.of(ErrorCode.InvalidJson, e.describe()).exception();
    }
  }
}
