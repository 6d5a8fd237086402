package dev.millrace.gateway.http;

import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads the JSON body of a request, once and straight from its bytes; stateless. */
public final class JsonBody {
  private JsonBody() {}

  /** The body as JSON; an empty body is the empty object. */
  public static Future<JsonNode> read(Exchange exchange) {
    MediaType.requireJson(
        MediaType.claimed(exchange.header("Content-Type"), exchange.header("Origin")));
    return exchange.body().map(JsonBody::parse);
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
