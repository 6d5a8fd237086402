package dev.millrace.gateway.api;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.CatalogSnapshot;
import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.definition.TaskStep;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureJson;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.validation.DefinitionValidator;
import dev.millrace.engine.validation.Edge;
import dev.millrace.engine.validation.ResourceReport;
import dev.millrace.engine.validation.ResourceSet;
import dev.millrace.engine.validation.ValidationReport;
import dev.millrace.gateway.http.Answer;
import dev.millrace.gateway.http.BackgroundWork;
import dev.millrace.gateway.http.Endpoint;
import dev.millrace.gateway.http.Exchange;
import dev.millrace.gateway.http.MediaType;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Judges definitions without changing anything: {@code POST /api/v1/validate}; owned by the gateway
 * verticle, judges on a worker thread.
 *
 * <p>The definitions of the body are put in the place of those of the same name that are being
 * served. The answer tells what concerns the body: problems of its own resources, and those that it
 * would newly cause in what is being served.
 */
public final class ValidateHandler implements Endpoint {
  private static final String SOURCE_NAME = "body";

  private final BackgroundWork work;
  private final Catalog catalog;

  public ValidateHandler(BackgroundWork work, Catalog catalog) {
    this.work = work;
    this.catalog = catalog;
  }

  @Override
  public Future<Answer> handle(Exchange exchange) {
    exchange.query().allowOnly("namespace", "standalone");
    boolean standalone = exchange.query().flag("standalone");
    String namespace = Namespaces.orDefault(exchange.query().value("namespace"), catalog);
    MediaType.requireYamlOrJson(
        MediaType.claimed(exchange.header("Content-Type"), exchange.header("Origin")));
    return exchange.body().compose(body -> work.run(() -> judge(body, namespace, standalone)));
  }

  private Answer judge(Buffer body, String namespace, boolean standalone) {
    ReadResult read = ResourceReader.read(SOURCE_NAME, text(body), namespace);
    Set<ResourceName> given = names(read.resources());
    List<Resource> resources = new ArrayList<>();
    CatalogSnapshot snapshot = catalog.snapshot();
    if (!standalone) {
      for (Resource served : snapshot.resources()) {
        if (!given.contains(served.name())) {
          resources.add(served);
        }
      }
    }
    resources.addAll(read.resources());
    ValidationReport report =
        DefinitionValidator.validate(new ResourceSet(resources, read.problems()));
    return answer(report, given, snapshot);
  }

  private static Answer answer(
      ValidationReport report, Set<ResourceName> given, CatalogSnapshot snapshot) {
    Set<String> known = new HashSet<>();
    for (Problem problem : snapshot.problems()) {
      known.add(identity(problem));
    }
    Set<String> givenTexts = new HashSet<>();
    for (ResourceName name : given) {
      givenTexts.add(name.toString());
    }
    Set<String> servedTexts = new HashSet<>();
    for (ResourceName name : report.reports().keySet()) {
      if (!given.contains(name)) {
        servedTexts.add(name.toString());
      }
    }
    List<Problem> problems = new ArrayList<>();
    boolean valid = true;
    for (Problem problem : report.problems()) {
      boolean ofServed = servedTexts.contains(problem.resource());
      if (givenTexts.contains(problem.resource())
          || !ofServed
          || !known.contains(identity(problem))) {
        problems.add(problem);
        valid &= !problem.isError();
      }
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("valid", valid);
    node.set("problems", FailureJson.problems(problems));
    node.set("edges", DefinitionJson.edges(edges(report, given)));
    return Answer.json(Json.toBuffer(node));
  }

  /** The edges of the body's resources, and of workflows that use a task of the body. */
  private static List<Edge> edges(ValidationReport report, Set<ResourceName> given) {
    List<Edge> edges = new ArrayList<>();
    for (ResourceReport one : report.reports().values()) {
      Resource resource = one.resource();
      if (given.contains(resource.name()) || uses(resource, given)) {
        edges.addAll(one.edges());
      }
    }
    return edges;
  }

  private static boolean uses(Resource resource, Set<ResourceName> tasks) {
    if (!(resource instanceof Workflow workflow)) {
      return false;
    }
    String namespace = resource.name().namespace();
    for (TaskStep step : workflow.tasks()) {
      if (tasks.contains(new ResourceName(ResourceKind.WorkflowTask, namespace, step.taskRef()))) {
        return true;
      }
    }
    return false;
  }

  private static String identity(Problem problem) {
    return problem.code() + " " + problem.resource() + " " + problem.path();
  }

  private static Set<ResourceName> names(List<Resource> resources) {
    Set<ResourceName> names = new HashSet<>();
    for (Resource resource : resources) {
      names.add(resource.name());
    }
    return names;
  }

  private static String text(Buffer body) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(body.getBytes()))
          .toString();
    } catch (CharacterCodingException e) {
      throw Failure.of(ErrorCode.InvalidRequest, "The body is not valid UTF-8").exception();
    }
  }
}
