package dev.millrace.engine.task;

import dev.millrace.engine.definition.HttpSpec;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.FailureException;
import dev.millrace.engine.template.BoundTemplate;
import dev.millrace.engine.template.RenderException;
import dev.millrace.engine.template.TemplateErrors;
import dev.millrace.engine.template.TemplateParser;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * A task's HTTP request with holes: URL split, templates bound, defaults filled in once; owned by
 * its {@link CompiledTask}, immutable, used on any event loop.
 *
 * <p>The request's shape is fixed here. An input fills the holes and can change nothing else: not
 * the host, not the number of path segments, parameters or headers.
 */
public final class HttpCall {
  /** How long path and query may be, encoded. */
  static final int MAX_REQUEST_LINE = 32 * 1024;

  /** How long all header values may be together. */
  static final int MAX_HEADERS = 64 * 1024;

  /** How long a body may be. */
  static final int MAX_BODY = 10 * 1024 * 1024;

  private final HttpSpec spec;
  private final HttpMethod method;
  private final UrlTemplate url;
  private final SocketAddress server;
  private final HeaderTemplate[] headers;

  /** All headers where nothing in them varies; otherwise null. */
  private final List<Map.Entry<String, String>> constantHeaders;

  private final BoundTemplate body;

  private HttpCall(HttpSpec spec) {
    this.spec = spec;
    this.method = HttpMethod.valueOf(spec.method().name());
    this.url = UrlTemplate.of(spec.url(), spec.query());
    this.server =
        SocketAddress.inetSocketAddress(url.authority().port(), url.authority().address());
    this.body = spec.body() == null ? null : bind(spec.body());
    this.headers = headers(spec);
    boolean constant = true;
    for (HeaderTemplate header : headers) {
      constant &= header.isConstant();
    }
    this.constantHeaders = constant ? List.copyOf(renderHeaders(new InputScope(null))) : null;
  }

  /**
   * Compiles a valid call.
   *
   * @throws IllegalArgumentException where it is not valid
   */
  public static HttpCall compile(HttpSpec spec) {
    return new HttpCall(spec);
  }

  private static BoundTemplate bind(JsonNode body) {
    return BoundTemplate.bind(
        TemplateParser.parse(body, new TemplateErrors()), InputScope.NO_SLOTS);
  }

  private static HeaderTemplate[] headers(HttpSpec spec) {
    List<HeaderTemplate> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Map.Entry<String, String> header : spec.headers().entrySet()) {
      all.add(HeaderTemplate.of(header.getKey(), header.getValue()));
      names.add(header.getKey().toLowerCase(Locale.ROOT));
    }
    if (!names.contains("accept")) {
      all.add(HeaderTemplate.of("Accept", "application/json"));
    }
    if (!names.contains("user-agent")) {
      all.add(HeaderTemplate.of("User-Agent", "millrace"));
    }
    if (spec.body() != null && !names.contains("content-type")) {
      all.add(HeaderTemplate.of("Content-Type", "application/json"));
    }
    return all.toArray(new HeaderTemplate[0]);
  }

  /** The definition that this was compiled from. */
  public HttpSpec spec() {
    return spec;
  }

  /** The address to connect to. */
  SocketAddress server() {
    return server;
  }

  /**
   * The request with all values in place.
   *
   * @throws FailureException with {@link ErrorCode#InvalidRequestValue} where a value cannot stand
   *     where it should; nothing was sent then
   */
  public PreparedRequest prepare(JsonNode input) {
    InputScope scope = new InputScope(input);
    String uri = url.render(scope);
    if (uri.length() > MAX_REQUEST_LINE) {
      throw RequestText.refused("the url", tooLong(MAX_REQUEST_LINE));
    }
    List<Map.Entry<String, String>> rendered =
        constantHeaders != null ? constantHeaders : renderHeaders(scope);
    UrlAuthority authority = url.authority();
    return new PreparedRequest(
        method,
        authority.ssl(),
        authority.host(),
        authority.port(),
        uri,
        rendered,
        body == null ? null : renderBody(scope));
  }

  private List<Map.Entry<String, String>> renderHeaders(InputScope scope) {
    List<Map.Entry<String, String>> rendered = new ArrayList<>(headers.length);
    for (HeaderTemplate header : headers) {
      header.add(rendered, scope);
    }
    int length = 0;
    for (Map.Entry<String, String> header : rendered) {
      length += header.getValue().length();
      if (length > MAX_HEADERS) {
        throw RequestText.refused("the header " + header.getKey(), tooLong(MAX_HEADERS));
      }
    }
    return rendered;
  }

  private Buffer renderBody(InputScope scope) {
    JsonNode value;
    try {
      value = body.render(scope);
    } catch (RenderException refused) {
      throw refused.failure(ErrorCode.InvalidRequestValue).exception();
    }
    if (value == null) {
      return null;
    }
    Buffer bytes = Json.toBuffer(value, MAX_BODY);
    if (bytes == null) {
      throw RequestText.refused("the body", tooLong(MAX_BODY));
    }
    return bytes;
  }

  /**
   * The request as far as the input allows, for a dry run; never fails. A text of the form {@code
   * {{...}}} in the input is taken for a value that is not known yet, and shown as it is.
   */
  public DescribedRequest describe(JsonNode input) {
    InputScope scope = new InputScope(input);
    List<Map.Entry<String, String>> readable = new ArrayList<>(headers.length);
    for (HeaderTemplate header : headers) {
      header.addReadable(readable, scope);
    }
    return new DescribedRequest(
        spec.method().name(),
        url.readable(scope),
        readable,
        body == null ? null : describeBody(scope));
  }

  private JsonNode describeBody(InputScope scope) {
    try {
      return body.render(scope);
    } catch (RenderException refused) {
      return StringNode.valueOf(refused.getMessage());
    }
  }

  private static String tooLong(int limit) {
    return "makes the request longer than " + limit + " bytes; send less";
  }
}
