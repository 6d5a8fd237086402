package dev.millrace.engine.plan;

import static dev.millrace.engine.plan.TestDefinitions.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Follows secrets through a workflow. */
class PlanSecretsTest {
  private final PlanSecrets secrets = SecretDefinitions.plan().secrets();

  @Test
  void knowsWhatSchemasMark() {
    assertThat(secrets.isEmpty()).isFalse();
    assertThat(secrets.input().mask(json("{'user':'ada','password':'p'}")))
        .isEqualTo(json("{'user':'ada','password':'***'}"));
    assertThat(secrets.taskOutput(0).mask(json("{'token':'t','level':3}")))
        .isEqualTo(json("{'token':'***','level':3}"));
  }

  @Test
  void followsThemIntoTemplates() {
    assertThat(secrets.taskInput(0).mask(json("{'user':'ada','password':'p'}")))
        .isEqualTo(json("{'user':'ada','password':'***'}"));
    assertThat(
            secrets
                .taskInput(1)
                .mask(
                    json(
                        "{'authorization':'Bearer t','note':'n',"
                            + "'all':[{'user':'ada','password':'p'},3]}")))
        .isEqualTo(
            json("{'authorization':'***','note':'n','all':[{'user':'ada','password':'***'},3]}"));
  }

  @Test
  void takesAllHeadersForSecret() {
    PlanSecrets headers = SecretDefinitions.plan().headers();
    assertThat(headers.isEmpty()).isFalse();
    assertThat(headers.input().isEmpty()).isTrue();
    assertThat(headers.taskInput(1).isEmpty()).isTrue();
    assertThat(headers.taskOutput(0).isEmpty()).isTrue();
    assertThat(headers.output().mask(json("{'id':'1','place':'/1'}")))
        .isEqualTo(json("{'id':'1','place':'***'}"));
    assertThat(
            secrets
                .taskOutput(1)
                .mask(json("{'status':201,'headers':{'location':'/1'},'body':{'id':'1'}}")))
        .isEqualTo(json("{'status':201,'headers':{'location':'***'},'body':{'id':'1'}}"));
    assertThat(secrets.output().mask(json("{'id':'1','place':'/1'}")))
        .isEqualTo(json("{'id':'1','place':'***'}"));
  }

  @Test
  void findsNoneWhereThereIsNone() {
    assertThat(TestDefinitions.workflow().get("a", "{'x':'{{input}}'}").plan().secrets().isEmpty())
        .isTrue();
    assertThat(
            TestDefinitions.workflow()
                .inputSchema("{'properties':{'k':{'writeOnly':true}}}")
                .get("a", "{'x':'{{input.n ?? input.k}}'}")
                .plan()
                .secrets()
                .taskInput(0)
                .mask(json("{'x':'k'}")))
        .isEqualTo(json("{'x':'***'}"));
  }

  @Test
  void answersForWorkflowsThatAreNotValid() {
    PlanSecrets ofBroken =
        PlanSecrets.of(
            TestDefinitions.workflow()
                .step("a", "missing", "{'x':'{{tasks.none.output}}'}")
                .definition(),
            name -> null);
    assertThat(ofBroken.isEmpty()).isTrue();
  }
}
