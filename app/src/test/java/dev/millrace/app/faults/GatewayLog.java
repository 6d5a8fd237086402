package dev.millrace.app.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a gateway's log tells: lost leases, and errors. Stateless. */
final class GatewayLog {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int SHOWN = 400;

  private GatewayLog() {}

  static List<Incident> incidents(int gateway, Path log) throws IOException {
    List<Incident> incidents = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      // Vert.x also takes it for an error that a peer was killed.
      if (!line.contains("\"ERROR\"") || !line.contains("\"dev.millrace")) {
        continue;
      }
      JsonNode entry;
      try {
        entry = JSON.readTree(line);
      } catch (JacksonException cutByKill) {
        continue;
      }
      long at = entry.path("timestamp").asLong(0) * 1_000L;
      incidents.add(
          line.contains("The lease was lost")
              ? new Incident.LeaseLost(gateway, owner(entry), at)
              : new Incident.ErrorLogged(
                  gateway, at, line.substring(0, Math.min(SHOWN, line.length()))));
    }
    return incidents;
  }

  private static String owner(JsonNode entry) {
    for (JsonNode pair : entry.path("kvpList")) {
      if (pair.has("owner")) {
        return pair.get("owner").asString();
      }
    }
    return "";
  }
}
