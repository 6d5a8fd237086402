package dev.millrace.operator.webhook;

import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.validation.DefinitionIndex;
import dev.millrace.operator.OperatorMetrics;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers whole reviews: the bytes of an AdmissionReview in, those of its answer out. Stateless but
 * for what it counts, usable on any thread that may be busy for a while.
 */
public final class Reviews {
  private static final Logger LOG = LoggerFactory.getLogger(Reviews.class);
  private static final String NONE = "";

  private final AdmissionJudge judge;
  private final OperatorMetrics metrics;

  /**
   * Makes it.
   *
   * @param index what the cluster holds
   * @param live reads anew what a refusal rests on
   */
  public Reviews(DefinitionIndex index, LiveDefinitions live, OperatorMetrics metrics) {
    this.judge = new AdmissionJudge(index, live);
    this.metrics = metrics;
  }

  /** The answer; null where there is no request in the body that could be answered. */
  public Buffer answer(Buffer body) {
    long start = System.nanoTime();
    AdmissionRequest request;
    try {
      request = ReviewReader.read(body);
    } catch (UnreadableReviewException unreadable) {
      metrics.reviewed(NONE, NONE, "unreadable", System.nanoTime() - start);
      return unreadable.uid() == null
          ? null
          : ReviewWriter.write(
              AdmissionResponse.denied(
                  unreadable.uid(), "BadRequest", unreadable.getMessage(), List.of()));
    }
    AdmissionResponse response = judge(request);
    ResourceKind kind = request.name().kind();
    metrics.reviewed(
        kind.name(),
        request.operation().name(),
        response.allowed() ? "allowed" : "denied",
        System.nanoTime() - start);
    return ReviewWriter.write(response);
  }

  private AdmissionResponse judge(AdmissionRequest request) {
    try {
      return judge.judge(request);
    } catch (RuntimeException | StackOverflowError fault) {
      LOG.atError()
          .setCause(fault)
          .addKeyValue("resource", request.name())
          .log("A review could not be judged");
      return AdmissionResponse.denied(
          request.uid(),
          "InternalError",
          request.name()
              + " could not be judged; this is a fault of Millrace, please report it with the"
              + " operator's log",
          List.of());
    }
  }
}
