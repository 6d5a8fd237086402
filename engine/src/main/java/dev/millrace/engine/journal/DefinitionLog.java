package dev.millrace.engine.journal;

import dev.millrace.engine.problem.ResourceName;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The history of definitions: versions, and who changed what and when. Any thread. */
public interface DefinitionLog {
  /** How many entries one answer holds at most. */
  int MAXIMUM_TAKE = 200;

  /**
   * Records how a definition stands. Only a change is kept: the hash of the current version, or the
   * deletion of what is not there, changes nothing. So every gateway may tell what it loads.
   *
   * @return whether it was a change
   */
  Future<Boolean> record(DefinitionChange change);

  /**
   * The versions of a definition, newest first; a version that came back is there twice.
   *
   * @param take 1 to {@value #MAXIMUM_TAKE}
   */
  Future<List<DefinitionVersion>> versions(ResourceName name, int skip, int take);

  /** The newest version with this hash; empty when there was none. */
  Future<Optional<DefinitionVersion>> version(ResourceName name, String versionHash);

  /**
   * The changes of a definition, newest first.
   *
   * @param take 1 to {@value #MAXIMUM_TAKE}
   */
  Future<List<AuditEntry>> audit(ResourceName name, int skip, int take);

  /** How much there is of a definition. */
  Future<Counts> counts(ResourceName name);

  /** The version hashes of all definitions that are there: whose newest change was no deletion. */
  Future<Map<ResourceName, String>> current();

  /** How many versions and changes of a definition are kept. */
  record Counts(long versions, long changes) {}

  /** Refuses a page that cannot be; for implementations. */
  static void checkPage(int skip, int take) {
    if (skip < 0) {
      throw new IllegalArgumentException("skip must not be negative, it is " + skip);
    }
    if (take < 1 || take > MAXIMUM_TAKE) {
      throw new IllegalArgumentException(
          "take must be between 1 and " + MAXIMUM_TAKE + ", it is " + take);
    }
  }
}
