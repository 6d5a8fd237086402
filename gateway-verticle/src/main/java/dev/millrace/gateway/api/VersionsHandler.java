package dev.millrace.gateway.api;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.CatalogSnapshot;
import dev.millrace.engine.journal.DefinitionDiff;
import dev.millrace.engine.journal.DefinitionLog;
import dev.millrace.engine.journal.DefinitionVersion;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureException;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.text.NearestName;
import dev.millrace.gateway.http.Answer;
import dev.millrace.gateway.http.BackgroundWork;
import dev.millrace.gateway.http.Exchange;
import dev.millrace.gateway.http.QueryParameters;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the history of definitions of one kind: {@code GET /api/v1/workflows/{name}/versions},
 * {@code /{hash}} and {@code /audit-log}, the same for tasks; owned by the gateway verticle.
 */
public final class VersionsHandler {
  private static final int DEFAULT_TAKE = 50;
  private static final int MAXIMUM_SKIP = 10_000;

  /** A shorter beginning of a hash names a version only by luck. */
  private static final int SHORTEST_PREFIX = 8;

  private static final String ALGORITHM = "sha256:";

  private final BackgroundWork work;
  private final Catalog catalog;
  private final DefinitionLog log;
  private final ResourceKind kind;

  public VersionsHandler(
      BackgroundWork work, Catalog catalog, DefinitionLog log, ResourceKind kind) {
    this.kind = kind;
    this.work = work;
    this.catalog = catalog;
    this.log = log;
  }

  /** The versions, or what differs between two of them. */
  public Future<Answer> list(Exchange exchange) {
    QueryParameters query = exchange.query();
    query.allowOnly("namespace", "skip", "take", "diff");
    ResourceName name = name(exchange);
    String diff = query.value("diff");
    if (diff != null) {
      return diff(name, diff);
    }
    int skip = skip(query);
    int take = take(query);
    return counted(
        name,
        counts ->
            log.versions(name, skip, take)
                .map(versions -> VersionJson.versions(versions, counts.versions())));
  }

  /** One version with its definition. */
  public Future<Answer> one(Exchange exchange) {
    exchange.query().allowOnly("namespace");
    ResourceName name = name(exchange);
    String hash = exchange.pathValue("hash");
    return counted(name, counts -> find(name, hash).map(VersionJson::of));
  }

  /** Who changed what, and when. */
  public Future<Answer> audit(Exchange exchange) {
    QueryParameters query = exchange.query();
    query.allowOnly("namespace", "skip", "take");
    ResourceName name = name(exchange);
    int skip = skip(query);
    int take = take(query);
    return counted(
        name,
        counts ->
            log.audit(name, skip, take)
                .compose(entries -> work.run(() -> VersionJson.audit(entries, counts.changes()))));
  }

  private Future<Answer> diff(ResourceName name, String range) {
    int dots = range.indexOf("..");
    if (dots < 1 || dots + 2 == range.length()) {
      throw Failure.of(
              ErrorCode.InvalidRequest,
              "The query parameter diff takes two hashes of versions as older..newer")
          .exception();
    }
    String from = range.substring(0, dots);
    String to = range.substring(dots + 2);
    return counted(
        name,
        counts ->
            find(name, from)
                .compose(older -> find(name, to).compose(newer -> diff(name, older, newer))));
  }

  private Future<ObjectNode> diff(
      ResourceName name, DefinitionVersion older, DefinitionVersion newer) {
    return work.run(
        () ->
            JsonNodeFactory.instance
                .objectNode()
                .put(kind == ResourceKind.Workflow ? "workflow" : "task", name.name())
                .put("from", older.versionHash())
                .put("to", newer.versionHash())
                .put("diff", DefinitionDiff.between(older.document(), newer.document())));
  }

  private Future<DefinitionVersion> find(ResourceName name, String hash) {
    return log.version(name, hash)
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(found.get())
                    : log.versions(name, 0, DefinitionLog.MAXIMUM_TAKE)
                        .compose(known -> work.run(() -> byPrefix(known, hash))));
  }

  /** The only version whose hash begins like this. */
  private static DefinitionVersion byPrefix(List<DefinitionVersion> known, String hash) {
    String digits = hash.startsWith(ALGORITHM) ? hash.substring(ALGORITHM.length()) : hash;
    DefinitionVersion found = null;
    List<String> hashes = new ArrayList<>();
    for (DefinitionVersion version : known) {
      String candidate = version.versionHash().substring(ALGORITHM.length());
      hashes.add(version.versionHash());
      if (digits.length() >= SHORTEST_PREFIX && candidate.startsWith(digits)) {
        if (found != null && !found.versionHash().equals(version.versionHash())) {
          throw unknown("More than one version begins with this hash; give more of it");
        }
        found = found == null ? version : found;
      }
    }
    if (found != null) {
      return found;
    }
    String nearest = NearestName.of(ALGORITHM + digits, hashes);
    throw unknown(
        "No version with this hash is kept; "
            + (nearest != null
                ? "did you mean " + nearest + "?"
                : hashes.isEmpty() ? "there is none at all" : "the newest is " + hashes.get(0)));
  }

  private static FailureException unknown(String detail) {
    return Failure.of(ErrorCode.UnknownVersion, detail).exception();
  }

  /** Answers of a definition that is there, or was once. */
  private Future<Answer> counted(
      ResourceName name, Function<DefinitionLog.Counts, Future<ObjectNode>> answer) {
    return log.counts(name)
        .compose(
            counts -> {
              if (counts.changes() == 0 && !isServed(name)) {
                throw unheardOf(name).exception();
              }
              return answer.apply(counts);
            })
        .map(node -> Answer.json(Json.toBuffer(node)));
  }

  private boolean isServed(ResourceName name) {
    CatalogSnapshot snapshot = catalog.snapshot();
    return switch (kind) {
      case Workflow -> snapshot.workflow(name.namespace(), name.name()) != null;
      case WorkflowTask -> snapshot.task(name.namespace(), name.name()) != null;
    };
  }

  private Failure unheardOf(ResourceName name) {
    return switch (kind) {
      case Workflow -> Namespaces.unknownWorkflow(name.namespace(), name.name());
      case WorkflowTask -> Namespaces.unknownTask(name.namespace(), name.name());
    };
  }

  private ResourceName name(Exchange exchange) {
    return new ResourceName(
        kind,
        Namespaces.orDefault(exchange.query().value("namespace"), catalog),
        exchange.pathValue("name"));
  }

  private static int skip(QueryParameters query) {
    return query.number("skip", 0, 0, MAXIMUM_SKIP);
  }

  private static int take(QueryParameters query) {
    return query.number("take", DEFAULT_TAKE, 1, DefinitionLog.MAXIMUM_TAKE);
  }
}
