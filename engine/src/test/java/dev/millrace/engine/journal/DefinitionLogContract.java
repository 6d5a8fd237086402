package dev.millrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.json.VersionHash;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What every {@link DefinitionLog} does; each test uses a name of its own. */
public abstract class DefinitionLogContract {
  private static final long NOW = 1_800_000_000_000_001L;

  private final ResourceName name =
      new ResourceName(ResourceKind.Workflow, "default", "w" + UUID.randomUUID());
  private long clock = NOW;

  /** The log under test. */
  protected abstract DefinitionLog log();

  /** This test's definition as it stands with a content. */
  protected DefinitionChange saved(String json, String actor) throws Exception {
    JsonNode document = Json.read(json);
    return DefinitionChange.saved(
        name, VersionHash.of(document), document, actor, "directory", clock++);
  }

  @Test
  void keepsEachVersionNewestFirst() throws Exception {
    DefinitionChange first = saved("{\"a\":1}", "ada");
    DefinitionChange second = saved("{\"a\":2}", null);

    assertThat(await(log().record(first))).isTrue();
    assertThat(await(log().record(second))).isTrue();

    List<DefinitionVersion> versions = await(log().versions(name, 0, 10));
    assertThat(versions)
        .extracting(DefinitionVersion::versionHash)
        .containsExactly(second.versionHash(), first.versionHash());
    assertThat(versions.get(1))
        .isEqualTo(
            new DefinitionVersion(
                name, first.versionHash(), first.document(), "ada", "directory", NOW));
    assertThat(await(log().versions(name, 1, 1))).containsExactly(versions.get(1));
    assertThat(await(log().versions(name, 2, 10))).isEmpty();
  }

  @Test
  void theCurrentVersionAgainIsNoChange() throws Exception {
    await(log().record(saved("{\"a\":1}", "ada")));

    assertThat(await(log().record(saved("{\"a\":1}", "bob")))).isFalse();

    assertThat(await(log().audit(name, 0, 10)))
        .singleElement()
        .satisfies(entry -> assertThat(entry.actor()).isEqualTo("ada"));
  }

  @Test
  void countsAndTellsWhatIsThere() throws Exception {
    assertThat(await(log().counts(name))).isEqualTo(new DefinitionLog.Counts(0, 0));
    await(log().record(saved("{\"a\":1}", "ada")));
    DefinitionChange second = saved("{\"a\":2}", "ada");
    await(log().record(second));
    assertThat(await(log().counts(name))).isEqualTo(new DefinitionLog.Counts(2, 2));
    assertThat(await(log().current())).containsEntry(name, second.versionHash());

    await(log().record(DefinitionChange.deleted(name, null, "directory", clock++)));

    assertThat(await(log().counts(name))).isEqualTo(new DefinitionLog.Counts(2, 3));
    assertThat(await(log().current())).doesNotContainKey(name);
  }

  @Test
  void theAuditLogTellsWhyABreakingChangeWasLetThrough() throws Exception {
    await(log().record(saved("{\"a\":1}", "ada").because("nobody calls it")));
    await(log().record(saved("{\"a\":2}", "ada")));
    await(
        log()
            .record(
                DefinitionChange.deleted(name, null, "cluster", clock++).because("it is retired")));

    assertThat(await(log().audit(name, 0, 10)))
        .extracting(AuditEntry::reason)
        .containsExactly("it is retired", null, "nobody calls it");
  }

  @Test
  void aVersionThatComesBackIsNewAgain() throws Exception {
    await(log().record(saved("{\"a\":1}", "ada")));
    await(log().record(saved("{\"a\":2}", "bob")));
    DefinitionChange again = saved("{\"a\":1}", "eve");

    assertThat(await(log().record(again))).isTrue();

    assertThat(await(log().versions(name, 0, 10))).hasSize(3);
    assertThat(await(log().version(name, again.versionHash())))
        .hasValueSatisfying(
            version -> {
              assertThat(version.actor()).isEqualTo("eve");
              assertThat(version.at()).isEqualTo(again.at());
            });
    assertThat(await(log().version(name, "sha256:unknown"))).isEmpty();
  }

  @Test
  void theAuditLogTellsWhoDidWhatAndShowsIt() throws Exception {
    await(log().record(saved("{\"a\":1,\"b\":true}", "ada")));
    await(log().record(saved("{\"a\":2,\"b\":true}", "bob")));
    await(log().record(DefinitionChange.deleted(name, "eve", "cluster", clock++)));
    assertThat(await(log().record(DefinitionChange.deleted(name, "eve", "cluster", clock++))))
        .isFalse();
    await(log().record(saved("{\"a\":3}", "ada")));

    List<AuditEntry> entries = await(log().audit(name, 0, 10));

    assertThat(entries)
        .extracting(AuditEntry::action)
        .containsExactly(
            DefinitionAction.Created,
            DefinitionAction.Deleted,
            DefinitionAction.Updated,
            DefinitionAction.Created);
    assertThat(entries).extracting(AuditEntry::actor).containsExactly("ada", "eve", "bob", "ada");
    assertThat(entries.get(1).source()).isEqualTo("cluster");
    assertThat(entries.get(1).versionHash()).isNull();
    assertThat(entries.get(0).previousHash()).isNull();
    assertThat(entries.get(2).previousHash()).isEqualTo(entries.get(3).versionHash());
    assertThat(entries.get(2).diff()).isEqualTo("@@ -1,2 +1,2 @@\n-a: 1\n+a: 2\n b: true\n");
    assertThat(entries.get(3).diff()).isEqualTo("@@ -0,0 +1,2 @@\n+a: 1\n+b: true\n");
    assertThat(entries.get(1).diff()).isEqualTo("@@ -1,2 +0,0 @@\n-a: 2\n-b: true\n");
    assertThat(await(log().audit(name, 2, 1))).containsExactly(entries.get(2));
  }

  @Test
  void deletingWhatNeverWasChangesNothing() throws Exception {
    assertThat(await(log().record(DefinitionChange.deleted(name, null, "directory", NOW))))
        .isFalse();
    assertThat(await(log().audit(name, 0, 10))).isEmpty();
  }

  @Test
  void refusesPagesThatCannotBe() {
    assertThatThrownBy(() -> log().audit(name, -1, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> log().versions(name, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Waits for a future, on the test's thread. */
  protected static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
