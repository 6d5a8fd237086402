package dev.millrace.perf.benchmark;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.validation.ResourceSet;
import dev.millrace.perf.definition.MeasuredDefinitions;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The measured workflows as the engine serves them, with an input for each and an answer for each
 * of their tasks: what every benchmark works on. Made in a benchmark's set-up, immutable.
 */
public final class MeasuredPlans {
  private static final int NO_PORT = 9;

  private static final Map<String, String> INPUTS =
      Map.of(
          "single", "{\"userId\":\"42\"}",
          "chain3", "{\"userId\":\"42\",\"sku\":\"item-7\",\"quantity\":2}",
          "fan10", "{\"cartId\":\"7\"}");

  private static final Map<String, String> ANSWERS =
      Map.of(
          "fetch-user",
          """
          {"id":"42","name":"Ada Lovelace","email":"user-42@example.com","tier":"gold","loyaltyPoints":1200,\
          "address":{"street":"1 Long Street","city":"Utrecht","postalCode":"3511AB","country":"NL"}}""",
          "confirm-order",
          """
          {"id":"order-42","shipmentId":"shipment-42","customer":"42","status":"confirmed","currency":"EUR",\
          "totalCents":2598,"lines":[{"sku":"item-7","quantity":2,"priceCents":1299}]}""",
          "fetch-shipment",
          """
          {"id":"shipment-42","carrier":"Fast Freight","status":"planned","estimatedDelivery":"2026-12-01","parcels":1}""",
          "fetch-cart",
          """
          {"id":"7","customer":"42","currency":"EUR","itemCount":8,"status":"open"}""",
          "fetch-item",
          """
          {"sku":"item-7","name":"A thing of use","priceCents":1299,"currency":"EUR","stock":12,"tags":["new","blue"]}""",
          "join-items",
          """
          {"customer":"42","currency":"EUR","totalCents":10392,"lineCount":8,"lines":[]}""");

  private final Catalog catalog = new Catalog(MeasuredDefinitions.NAMESPACE);

  private MeasuredPlans(String durability) {
    ResourceSet resources = resources(durability);
    if (!catalog.update(resources).problems().isEmpty()) {
      throw new IllegalStateException("the measured definitions have problems");
    }
  }

  /** With a durability of all workflows. */
  public static MeasuredPlans of(String durability) {
    return new MeasuredPlans(durability);
  }

  static ResourceSet resources(String durability) {
    return MeasuredDefinitions.forUpstream(NO_PORT, durability).resources();
  }

  Catalog catalog() {
    return catalog;
  }

  /** A workflow, compiled. */
  public ExecutionPlan plan(String workflow) {
    return catalog.snapshot().workflow(MeasuredDefinitions.NAMESPACE, workflow).plan();
  }

  /** What a workflow is called with. */
  public static JsonNode input(String workflow) {
    return json(INPUTS.get(workflow));
  }

  /** What a task's service answers, as text. */
  public static String answer(String task) {
    return ANSWERS.get(task);
  }

  /** What a task yields. */
  public static JsonNode output(String task) {
    return json(ANSWERS.get(task));
  }

  private static JsonNode json(String text) {
    try {
      return Json.read(text);
    } catch (InvalidJsonException mistake) {
      throw new IllegalStateException(mistake);
    }
  }
}
