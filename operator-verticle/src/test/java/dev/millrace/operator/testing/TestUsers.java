package dev.millrace.operator.testing;

import java.util.List;

/** The people of the test cluster and their tokens; stateless, usable on any thread. */
final class TestUsers {
  private static final List<String> NAMES = List.of(TestCluster.ADMIN, "alice", "bob");

  private TestUsers() {}

  /** The token of a user; tokens are worth nothing outside of the test's own server. */
  static String token(String user) {
    if (!NAMES.contains(user)) {
      throw new IllegalArgumentException("There is no user " + user + " among " + NAMES);
    }
    return "token-of-" + user;
  }

  /** All of them as kube-apiserver reads them: token, name, uid, groups. */
  static String csv() {
    StringBuilder lines = new StringBuilder();
    for (String name : NAMES) {
      String group = name.equals(TestCluster.ADMIN) ? "system:masters" : "developers";
      lines.append("%s,%s,%s,%s%n".formatted(token(name), name, name, group));
    }
    return lines.toString();
  }
}
