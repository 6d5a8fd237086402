package dev.millrace.perf.compare;

import dev.millrace.perf.process.RecordServer;
import dev.millrace.perf.process.Server;
import java.io.IOException;
import java.net.URI;

/**
 * One of the two servers of a comparison, with what it costs. Made by {@link Launcher}, used on the
 * main thread of {@link Compare}; the server is the bench's.
 */
final class Contestant {
  private final String name;
  private final Server server;
  private final AllocatedBytes allocatedBytes;
  private final RecordServer database;

  /**
   * A server that was started.
   *
   * @param database its record; null where it keeps none
   */
  Contestant(String name, Server server, AllocatedBytes allocatedBytes, RecordServer database) {
    this.name = name;
    this.server = server;
    this.allocatedBytes = allocatedBytes;
    this.database = database;
  }

  String name() {
    return name;
  }

  URI url(String path) {
    return server.url(path);
  }

  void awaitReady() throws InterruptedException {
    server.awaitReady("/health/ready");
  }

  void requireAlive() {
    server.program().requireAlive();
  }

  double cpuSeconds() {
    return server.program().cpuSeconds();
  }

  /** Since it started, by all its threads. */
  long allocatedBytes() throws IOException {
    return allocatedBytes.read();
  }

  /** Of its database; 0 without one. */
  double databaseCpuSeconds() throws IOException {
    return database == null ? 0 : database.cpuSeconds();
  }

  /** How many executions it has on record; 0 where it keeps none. */
  long recordedExecutions() {
    return database == null ? 0 : database.succeeded();
  }

  boolean keepsRecord() {
    return database != null;
  }
}
