package dev.millrace.persistence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;

/**
 * The password of the embedded server, in a file that only its owner can read. Made by {@link
 * EmbeddedDatabase} under its lock; blocks.
 *
 * <p>A server on new data asks for it from the first moment. Data of earlier versions, which asked
 * for none, are given one at their next start, and so are data whose file is gone: who may write to
 * the directory owns the data anyway.
 */
final class EmbeddedPassword {
  private static final String METHOD = "scram-sha-256";
  private static final int RANDOM_BYTES = 24;

  private final Path file;
  private final Path data;
  private final String text;
  private final boolean needed;

  private EmbeddedPassword(Path file, Path data, String text, boolean needed) {
    this.file = file;
    this.data = data;
    this.text = text;
    this.needed = needed;
  }

  /** Reads the password, or makes a new one. */
  static EmbeddedPassword of(Path root, Path data) throws IOException {
    Path file = root.resolve("postgresql-password");
    if (Files.exists(file)) {
      return new EmbeddedPassword(file, data, Files.readString(file).strip(), false);
    }
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    boolean dataExist = Files.exists(data.resolve("postgresql.conf"));
    EmbeddedPassword password = new EmbeddedPassword(file, data, text, dataExist);
    if (dataExist) {
      password.allow("trust");
    } else {
      password.write();
    }
    return password;
  }

  String text() {
    return text;
  }

  /** What {@code initdb} reads it from. */
  Path file() {
    return file;
  }

  /** How a new server asks for it. */
  static String method() {
    return METHOD;
  }

  /** Makes a server that runs without a password ask for it from now on. */
  void protect(int port) throws IOException {
    if (!needed) {
      return;
    }
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    try (Connection connection = DriverManager.getConnection(url, "postgres", text);
        Statement statement = connection.createStatement()) {
      statement.execute("set password_encryption = '" + METHOD + "'");
      statement.execute("alter role postgres password '" + text + "'");
      write();
      allow(METHOD);
      statement.execute("select pg_reload_conf()");
      // who came in without one goes
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where backend_type = 'client backend' and pid <> pg_backend_pid()");
    } catch (SQLException refused) {
      throw new IOException("the server did not take its password", refused);
    }
  }

  private void allow(String method) throws IOException {
    replace(
        data.resolve("pg_hba.conf"),
        "# Written by Millrace: the server listens on loopback only.\n"
            + "host all all 127.0.0.1/32 "
            + method
            + "\n");
  }

  private void write() throws IOException {
    replace(file, text + "\n");
  }

  /** The new content is there whole or not at all, and readable by its owner alone. */
  private static void replace(Path target, String content) throws IOException {
    Path next = target.resolveSibling(target.getFileName() + ".new");
    Files.deleteIfExists(next);
    Files.createFile(next, ownerOnly(target));
    Files.write(next, content.getBytes(StandardCharsets.UTF_8));
    Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] ownerOnly(Path target) {
    boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
