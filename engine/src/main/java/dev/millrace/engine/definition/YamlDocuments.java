package dev.millrace.engine.definition;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.json.JsonPointers;
import dev.millrace.engine.problem.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the documents of a YAML text one by one; made for each text, used on its thread.
 *
 * <p>Built on the parser's events and not on its node graph, because depth, aliases and sizes must
 * be bounded while the text is read, not after.
 */
final class YamlDocuments {
  /** How deep values may nest. */
  static final int MAX_DEPTH = Json.MAX_DEPTH;

  /** How large one document may be, in characters. */
  static final int MAX_DOCUMENT_CHARACTERS = 1024 * 1024;

  /**
   * How large a document may become by its aliases, in characters plus {@value #NODE_WEIGHT} for
   * each value. No document without aliases can reach it.
   */
  private static final long MAX_WEIGHT = 32L * 1024 * 1024;

  /** How many findings one document may have; more tell nobody anything. */
  private static final int MAX_FINDINGS = 100;

  private static final long NODE_WEIGHT = 16;

  private final String sourceName;
  private final String text;
  private final Iterator<Event> events;
  private PositionRecorder positions;
  private List<SourceDocument.Finding> findings;
  private Map<Anchor, Built> anchors;
  private long weight;
  private int documentStart;
  private Mark last;

  YamlDocuments(String sourceName, String text) {
    this.sourceName = sourceName;
    this.text = text;
    LoadSettings settings =
        LoadSettings.builder().setLabel(sourceName).setCodePointLimit(Integer.MAX_VALUE).build();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /** A value that is complete, with what counts for the limits when an alias repeats it. */
  private record Built(JsonNode value, long weight, int height) {}

  /** The next document; null behind the last one. */
  SourceDocument next() throws UnreadableTextException {
    while (true) {
      Event event = event();
      // Besides these two, only the start of the stream and the ends of documents come here.
      if (event.getEventId() == Event.ID.StreamEnd) {
        return null;
      }
      if (event.getEventId() == Event.ID.DocumentStart) {
        return document(event);
      }
    }
  }

  private SourceDocument document(Event start) throws UnreadableTextException {
    positions = new PositionRecorder();
    findings = new ArrayList<>();
    anchors = new HashMap<>();
    weight = 0;
    documentStart = start.getStartMark().map(Mark::getIndex).orElse(0);
    Built built = value(event(), "", 1);
    return new SourceDocument(built.value(), positions.map(), findings);
  }

  private Built value(Event event, String pointer, int depth) throws UnreadableTextException {
    SourcePosition position = position(event);
    positions.value(pointer, position);
    if (event instanceof AliasEvent alias) {
      return alias(alias, position, depth);
    }
    Built built;
    if (event instanceof ScalarEvent scalar) {
      built = scalar(scalar, pointer, position);
    } else {
      if (depth > MAX_DEPTH) {
        throw tooDeep(position);
      }
      checkTag((CollectionStartEvent) event, pointer, position);
      built =
          event.getEventId() == Event.ID.MappingStart
              ? mapping(pointer, depth)
              : sequence(pointer, depth);
    }
    Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
    if (anchor.isPresent()) {
      anchors.put(anchor.get(), built);
    }
    return built;
  }

  private Built scalar(ScalarEvent event, String pointer, SourcePosition position)
      throws UnreadableTextException {
    YamlScalars.Scalar scalar = YamlScalars.value(event);
    if (scalar.error() != null) {
      find(pointer, position, scalar.error(), null);
    }
    long own = NODE_WEIGHT + event.getValue().length();
    grow(own, position);
    return new Built(scalar.value(), own, 0);
  }

  private Built alias(AliasEvent event, SourcePosition position, int depth)
      throws UnreadableTextException {
    Built target = anchors.get(event.getAlias());
    if (target == null) {
      throw new UnreadableTextException(
          position,
          "There is no complete value with the anchor `" + event.getAlias() + "` before this",
          "An alias repeats a value that ended before it.");
    }
    if (depth - 1 + target.height() > MAX_DEPTH) {
      throw tooDeep(position);
    }
    grow(target.weight(), position);
    return target;
  }

  private Built mapping(String pointer, int depth) throws UnreadableTextException {
    ObjectNode object = new ObjectNode(JsonNodeFactory.instance);
    long before = weight;
    grow(NODE_WEIGHT, null);
    int height = 0;
    for (Event key = event(); key.getEventId() != Event.ID.MappingEnd; key = event()) {
      SourcePosition keyPosition = position(key);
      String name = name(key, pointer, depth);
      String child =
          name == null || !positions.hasRoom() ? pointer : JsonPointers.child(pointer, name);
      boolean again = name != null && object.get(name) != null;
      if (again) {
        find(child, keyPosition, "`" + name + "` stands twice in one object", "Remove one.");
      } else if (name != null) {
        positions.key(child, keyPosition);
      }
      // The second value of a name is read, as it must be passed, but keeps the first's position.
      PositionRecorder kept = positions;
      if (again || name == null) {
        positions = PositionRecorder.forgetful();
      }
      Built member = value(event(), child, depth + 1);
      positions = kept;
      height = Math.max(height, member.height());
      if (name != null && !again) {
        object.set(name, member.value());
      }
    }
    return new Built(object, weight - before, height + 1);
  }

  private Built sequence(String pointer, int depth) throws UnreadableTextException {
    ArrayNode array = new ArrayNode(JsonNodeFactory.instance);
    long before = weight;
    grow(NODE_WEIGHT, null);
    int height = 0;
    int index = 0;
    for (Event item = event(); item.getEventId() != Event.ID.SequenceEnd; item = event()) {
      String child = positions.hasRoom() ? JsonPointers.child(pointer, index) : pointer;
      index++;
      Built element = value(item, child, depth + 1);
      height = Math.max(height, element.height());
      array.add(element.value());
    }
    return new Built(array, weight - before, height + 1);
  }

  /** The name of a member; null where the key cannot be one, and then that is a finding. */
  private String name(Event key, String pointer, int depth) throws UnreadableTextException {
    SourcePosition position = position(key);
    if (key instanceof ScalarEvent scalar) {
      String name = scalar.getValue();
      grow(NODE_WEIGHT + name.length(), position);
      if (scalar.isPlain() && name.equals("<<")) {
        find(
            pointer,
            position,
            "Merge keys (`<<`) are not part of YAML 1.2",
            "Repeat the members, or use an alias for a whole value.");
        return null;
      }
      YamlScalars.Scalar text = YamlScalars.value(scalar);
      if (text.error() != null) {
        find(pointer, position, text.error(), null);
        return null;
      }
      if (name.length() > Json.MAX_NAME_LENGTH) {
        find(pointer, position, "The name is too long", null);
        return null;
      }
      Optional<Anchor> anchor = scalar.getAnchor();
      if (anchor.isPresent()) {
        anchors.put(anchor.get(), new Built(text.value(), NODE_WEIGHT + name.length(), 0));
      }
      return name;
    }
    PositionRecorder kept = positions;
    positions = PositionRecorder.forgetful();
    Built complex = value(key, pointer, depth + 1);
    positions = kept;
    if (complex.value().isString()) {
      return complex.value().stringValue();
    }
    find(pointer, position, "The name of a member must be a string", null);
    return null;
  }

  private void checkTag(CollectionStartEvent event, String pointer, SourcePosition position) {
    String tag = event.getTag().orElse(null);
    Tag natural = event.getEventId() == Event.ID.MappingStart ? Tag.MAP : Tag.SEQ;
    if (tag != null && !tag.equals("!") && !tag.equals(natural.getValue())) {
      find(pointer, position, "The tag " + tag + " is not supported", "Leave the tag out.");
    }
  }

  private void find(String pointer, SourcePosition position, String message, String suggestion) {
    if (findings.size() < MAX_FINDINGS) {
      findings.add(new SourceDocument.Finding(pointer, position, message, suggestion));
    }
  }

  private void grow(long by, SourcePosition position) throws UnreadableTextException {
    weight += by;
    if (weight > MAX_WEIGHT) {
      throw new UnreadableTextException(
          position, "The aliases make the document too large", "Repeat smaller values.");
    }
  }

  private Event event() throws UnreadableTextException {
    try {
      Event event = events.next();
      if (event.getStartMark().isPresent()) {
        last = event.getStartMark().get();
        if (last.getIndex() - documentStart > MAX_DOCUMENT_CHARACTERS
            && event.getEventId() != Event.ID.DocumentStart
            && event.getEventId() != Event.ID.StreamEnd) {
          throw new UnreadableTextException(
              position(event),
              "The document is larger than " + MAX_DOCUMENT_CHARACTERS + " characters",
              "Split it.");
        }
      }
      return event;
    } catch (MarkedYamlEngineException e) {
      Mark mark = e.getProblemMark().or(e::getContextMark).orElse(last);
      throw new UnreadableTextException(position(mark), "This is not YAML: " + told(e), null);
    } catch (ReaderException e) {
      throw new UnreadableTextException(
          position(e.getPosition()),
          "The text holds a character that YAML does not allow (U+"
              + Integer.toHexString(e.getCodePoint()).toUpperCase(Locale.ROOT)
              + ")",
          "Write it as an escape in double quotes.");
    } catch (YamlEngineException e) {
      throw new UnreadableTextException(position(last), "This is not YAML", null);
    }
  }

  private static String told(MarkedYamlEngineException e) {
    String context = e.getContext() == null ? "" : e.getContext() + ": ";
    return context + e.getProblem();
  }

  private UnreadableTextException tooDeep(SourcePosition position) {
    return new UnreadableTextException(
        position, "Values nest deeper than " + MAX_DEPTH + " levels", "Make it flatter.");
  }

  private SourcePosition position(Event event) {
    return position(event.getStartMark().orElse(last));
  }

  private SourcePosition position(Mark mark) {
    return mark == null
        ? new SourcePosition(sourceName, 1, 1)
        : new SourcePosition(sourceName, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** The place of the character with this index, counted in code points. */
  private SourcePosition position(int index) {
    int line = 1;
    int column = 1;
    int at = 0;
    for (int i = 0; i < index && at < text.length(); i++) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      column = point == '\n' ? 1 : column + 1;
      line += point == '\n' ? 1 : 0;
    }
    return new SourcePosition(sourceName, line, column);
  }
}
