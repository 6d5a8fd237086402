package dev.millrace.operator.webhook;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.definition.WorkflowTask;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.validation.DefinitionIndex;
import dev.millrace.engine.validation.ReadDefinition;
import dev.millrace.engine.validation.ResourceReport;
import dev.millrace.engine.validation.TaskEvolution;
import dev.millrace.operator.cluster.Annotations;
import dev.millrace.operator.cluster.ResourceDocument;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Judges what somebody wants to do with a resource, against what the cluster holds: the same
 * request and the same definitions always give the same answer. Usable on any thread; blocks only
 * where it reads definitions live.
 *
 * <p>Caches lag behind by a moment. So nobody is refused for what only the caches say: what a
 * refusal rests on is read anew, and judged again.
 */
final class AdmissionJudge {
  private static final Logger LOG = LoggerFactory.getLogger(AdmissionJudge.class);

  /** How many definitions are read anew before a refusal. */
  private static final int MOST_READ = 50;

  private final DefinitionIndex index;
  private final LiveDefinitions live;

  AdmissionJudge(DefinitionIndex index, LiveDefinitions live) {
    this.index = index;
    this.live = live;
  }

  AdmissionResponse judge(AdmissionRequest request) {
    AdmissionResponse response = judge(request, index);
    if (response.allowed()) {
      return response;
    }
    DefinitionIndex fresh = fresh(request);
    return fresh == null ? response : judge(request, fresh);
  }

  private static AdmissionResponse judge(AdmissionRequest request, DefinitionIndex index) {
    return request.operation() == Operation.DELETE
        ? deleted(request, index)
        : saved(request, index);
  }

  private static AdmissionResponse saved(AdmissionRequest request, DefinitionIndex index) {
    if (goesUnjudged(request)) {
      return AdmissionResponse.allowed(request.uid(), List.of());
    }
    ReadDefinition old = read(request, request.oldObject(), 0);
    ReadDefinition subject = read(request, request.object(), since(request, old));
    if (subject == null) {
      ReadResult read = readResult(request, request.object());
      return denied(request, read.problems());
    }
    ResourceReport report = index.judge(subject);
    List<Problem> problems = new ArrayList<>(report.problems());
    List<String> warnings = new ArrayList<>();
    if (report.valid() && old != null && old.resource() instanceof WorkflowTask) {
      List<Problem> broken = TaskEvolution.judge(old, subject, index);
      String reason = Annotations.reason(request.object());
      if (reason == null) {
        problems.addAll(broken);
      } else {
        broken.forEach(problem -> warnings.add(DenialMessage.line(subject.name(), problem)));
        if (broken.stream().anyMatch(Problem::isError)) {
          letThrough(request, reason);
        }
      }
    }
    warnings.addAll(0, DenialMessage.warnings(subject.name(), problems));
    return problems.stream().anyMatch(Problem::isError)
        ? denied(request, problems)
        : AdmissionResponse.allowed(request.uid(), warnings);
  }

  /**
   * What does not change the spec cannot break anything, and must not be held up: labels,
   * annotations, the end of finalizers.
   */
  private static boolean goesUnjudged(AdmissionRequest request) {
    return request.operation() == Operation.UPDATE
        && (request.object().path("metadata").hasNonNull("deletionTimestamp")
            || request.object().path("spec").equals(request.oldObject().path("spec")));
  }

  private static AdmissionResponse deleted(AdmissionRequest request, DefinitionIndex index) {
    if (request.name().kind() == ResourceKind.WorkflowTask) {
      Problem problem = TaskEvolution.inUse(request.name(), index.usersOf(request.name()));
      String reason = Annotations.reason(request.oldObject());
      if (problem != null && reason == null) {
        return denied(request, List.of(problem));
      }
      if (problem != null) {
        letThrough(request, reason);
        return AdmissionResponse.allowed(
            request.uid(), List.of(DenialMessage.line(request.name(), problem)));
      }
    }
    // Nothing else keeps who it was: an object that is gone has no field managers.
    LOG.atInfo()
        .addKeyValue("resource", request.name())
        .addKeyValue("user", request.user())
        .log("A resource may be deleted");
    return AdmissionResponse.allowed(request.uid(), List.of());
  }

  private static void letThrough(AdmissionRequest request, String reason) {
    LOG.atInfo()
        .addKeyValue("resource", request.name())
        .addKeyValue("operation", request.operation())
        .addKeyValue("user", request.user())
        .addKeyValue("reason", reason.replaceAll("\\p{Cntrl}", " "))
        .log("A change that breaks workflows was let through, as its annotation asks");
  }

  private static AdmissionResponse denied(AdmissionRequest request, List<Problem> problems) {
    String code = "Invalid";
    for (Problem problem : problems) {
      if (problem.isError()) {
        code = problem.code().name();
        break;
      }
    }
    return AdmissionResponse.denied(
        request.uid(),
        code,
        DenialMessage.of(request.name(), problems),
        DenialMessage.warnings(request.name(), problems));
  }

  /** The definitions with those that a refusal may rest on read anew; null where there are none. */
  private DefinitionIndex fresh(AdmissionRequest request) {
    List<ResourceName> names = new ArrayList<>(index.usersOf(request.name()));
    if (request.object() != null) {
      ReadDefinition subject = read(request, request.object(), 0);
      if (subject != null) {
        names.addAll(subject.uses());
        names.addAll(index.competitorsOf(subject));
      }
    }
    if (names.isEmpty() || names.size() > MOST_READ) {
      return null;
    }
    DefinitionIndex fresh = index.copy();
    try {
      for (Map.Entry<ResourceName, ReadDefinition> read : live.read(names).entrySet()) {
        if (read.getValue() == null) {
          fresh.remove(read.getKey());
        } else {
          fresh.put(read.getValue());
        }
      }
    } catch (RuntimeException unreachable) {
      LOG.atWarn()
          .addKeyValue("resource", request.name())
          .addKeyValue("reason", unreachable.getMessage())
          .log("Could not read anew what a refusal rests on; it is given on what the caches say");
      return null;
    }
    return fresh;
  }

  private static ReadResult readResult(AdmissionRequest request, JsonNode object) {
    return ResourceReader.read(
        request.name().toString(), ResourceDocument.of(object), request.name().namespace());
  }

  private static ReadDefinition read(AdmissionRequest request, JsonNode object, long since) {
    return object == null ? null : ReadDefinition.of(readResult(request, object), since);
  }

  /** Since when a resource has what it claims: not before now, unless it is as it was. */
  private static long since(AdmissionRequest request, ReadDefinition old) {
    JsonNode before = request.oldObject();
    boolean kept =
        old != null && before.at("/spec/route").equals(request.object().at("/spec/route"));
    return kept ? created(before) : Long.MAX_VALUE;
  }

  private static long created(JsonNode object) {
    try {
      return Instant.parse(object.at("/metadata/creationTimestamp").asString("")).toEpochMilli();
    } catch (DateTimeParseException noTime) {
      return Long.MAX_VALUE;
    }
  }
}
