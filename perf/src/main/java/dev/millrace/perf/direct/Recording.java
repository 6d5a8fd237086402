package dev.millrace.perf.direct;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/** The record of one execution in the making; used on the event loop of its request. */
interface Recording {
  /** Of an execution that is not recorded. */
  Recording NONE =
      new Recording() {
        @Override
        public Future<JsonObject> call(
            Step step, Supplier<JsonObject> input, Supplier<Future<JsonObject>> call) {
          return call.get();
        }

        @Override
        public Future<JsonObject> end(Future<JsonObject> output) {
          return output;
        }
      };

  /**
   * One call of a shape.
   *
   * @param hasEffect whether what it did must be known before anything else happens
   */
  record Step(int slot, String taskId, String taskRef, boolean hasEffect) {}

  /** Makes a call and notes what became of it. */
  Future<JsonObject> call(Step step, Supplier<JsonObject> input, Supplier<Future<JsonObject>> call);

  /** Notes the end; completes when the caller may be answered. */
  Future<JsonObject> end(Future<JsonObject> output);
}
