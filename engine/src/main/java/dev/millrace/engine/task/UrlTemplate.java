package dev.millrace.engine.task;

import dev.millrace.engine.problem.FailureException;
import dev.millrace.engine.template.Template;
import dev.millrace.engine.template.TemplateErrors;
import dev.millrace.engine.template.TemplateParser;
import dev.millrace.engine.template.TextPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A task's URL, split once into what is literal and what takes values; immutable, used on any event
 * loop.
 *
 * <p>As it is split before any value is known, no value can add a segment, a parameter or a
 * fragment, or change the host.
 */
final class UrlTemplate {
  private final UrlAuthority authority;

  /** At each place of the path either literal text, slashes included, or a segment with values. */
  private final String[] literals;

  private final PathSegment[] segments;
  private final QueryParameter[] query;

  /** Path and query where nothing in them varies; otherwise null. */
  private final String constant;

  private UrlTemplate(Builder builder) {
    this.authority = builder.authority;
    this.literals = builder.literals.toArray(new String[0]);
    this.segments = builder.segments.toArray(new PathSegment[0]);
    this.query = builder.query.toArray(new QueryParameter[0]);
    this.constant = isConstant() ? render(new InputScope(null)) : null;
  }

  /**
   * Splits a URL and adds the {@code query} field.
   *
   * @throws IllegalArgumentException where the definition is not valid
   */
  static UrlTemplate of(String url, Map<String, JsonNode> query) {
    Builder builder = new Builder();
    Template template = TemplateParser.parseText(url);
    if (template instanceof Template.Constant) {
      builder.begin(url);
    } else if (template instanceof Template.Text text) {
      List<TextPart> parts = text.parts();
      if (!(parts.get(0) instanceof TextPart.Literal front)) {
        throw new IllegalArgumentException("The url of a task must begin with a literal host");
      }
      builder.begin(front.text());
      for (TextPart part : parts.subList(1, parts.size())) {
        builder.add(part);
      }
    } else {
      throw new IllegalArgumentException("The url of a task must begin with a literal host");
    }
    builder.end();
    for (Map.Entry<String, JsonNode> entry : query.entrySet()) {
      TemplateErrors errors = new TemplateErrors();
      Template value = TemplateParser.parse(entry.getValue(), errors);
      QueryParameter parameter = QueryParameter.inField(entry.getKey(), value);
      if (parameter != null) {
        builder.query.add(parameter);
      }
    }
    return new UrlTemplate(builder);
  }

  UrlAuthority authority() {
    return authority;
  }

  /**
   * Path and query with the values in place.
   *
   * @throws FailureException where a value cannot be put there
   */
  String render(InputScope scope) {
    if (constant != null) {
      return constant;
    }
    StringBuilder out = new StringBuilder(128);
    for (int i = 0; i < literals.length; i++) {
      if (literals[i] != null) {
        out.append(literals[i]);
      } else {
        segments[i].append(out, scope);
      }
    }
    char separator = '?';
    for (QueryParameter parameter : query) {
      separator = parameter.append(out, scope, separator);
    }
    return out.toString();
  }

  /** The whole URL for people, with templates where there are no values. */
  String readable(InputScope scope) {
    StringBuilder out = new StringBuilder(128).append(authority.origin());
    for (int i = 0; i < literals.length; i++) {
      if (literals[i] != null) {
        out.append(literals[i]);
      } else {
        segments[i].appendReadable(out, scope);
      }
    }
    char separator = '?';
    for (QueryParameter parameter : query) {
      separator = parameter.appendReadable(out, scope, separator);
    }
    return out.toString();
  }

  private boolean isConstant() {
    for (String literal : literals) {
      if (literal == null) {
        return false;
      }
    }
    for (QueryParameter parameter : query) {
      if (!parameter.isConstant()) {
        return false;
      }
    }
    return true;
  }

  /** Takes a URL's parts one after the other and notices where segments and parameters end. */
  private static final class Builder {
    private final List<String> literals = new ArrayList<>();
    private final List<PathSegment> segments = new ArrayList<>();
    private final List<QueryParameter> query = new ArrayList<>();
    private UrlAuthority authority;

    /** Parts of the segment, or of the parameter's name or value, that is being read. */
    private List<TextPart> current = new ArrayList<>();

    /** The name of the parameter whose value is being read; null outside of values. */
    private List<TextPart> name;

    private boolean inQuery;
    private boolean inFragment;

    void begin(String literal) {
      authority = UrlAuthority.of(literal);
      String rest = literal.substring(authority.length());
      if (!rest.startsWith("/")) {
        literals.add("/");
        segments.add(null);
      }
      text(rest);
    }

    void add(TextPart part) {
      if (inFragment) {
        return;
      }
      if (part instanceof TextPart.Literal literal) {
        text(literal.text());
      } else if (literals.isEmpty()) {
        throw new IllegalArgumentException("The host of a task's url must be literal");
      } else {
        current.add(part);
      }
    }

    private void text(String literal) {
      int start = 0;
      for (int i = 0; i < literal.length() && !inFragment; i++) {
        char c = literal.charAt(i);
        boolean delimiter =
            c == '#' || (inQuery ? c == '&' || (c == '=' && name == null) : c == '/' || c == '?');
        if (delimiter) {
          piece(literal.substring(start, i));
          delimiter(c);
          start = i + 1;
        }
      }
      if (!inFragment) {
        piece(literal.substring(start));
      }
    }

    private void piece(String literal) {
      if (!literal.isEmpty()) {
        current.add(new TextPart.Literal(literal));
      }
    }

    private void delimiter(char c) {
      if (inQuery && c == '=') {
        name = current;
        current = new ArrayList<>();
        return;
      }
      end();
      if (c == '/') {
        literals.add("/");
        segments.add(null);
      }
      inQuery |= c == '?';
      inFragment = c == '#';
    }

    void end() {
      if (inQuery) {
        endParameter();
      } else {
        endSegment();
      }
      current = new ArrayList<>();
    }

    private void endSegment() {
      RequestText text = RequestText.of(current);
      if (text.isConstant()) {
        literals.add(PercentEncoding.literal(text.constant()));
        segments.add(null);
      } else {
        literals.add(null);
        segments.add(new PathSegment(text));
      }
    }

    private void endParameter() {
      if (name != null) {
        query.add(QueryParameter.inUrl(RequestText.of(name), RequestText.of(current)));
      } else if (!current.isEmpty()) {
        query.add(QueryParameter.inUrl(RequestText.of(current), null));
      }
      name = null;
    }
  }
}
