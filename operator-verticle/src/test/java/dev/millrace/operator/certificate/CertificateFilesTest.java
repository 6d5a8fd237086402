package dev.millrace.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFilesTest {
  @TempDir Path directory;

  private Map<String, String> write() throws Exception {
    Map<String, String> made =
        new KeptCertificates(List.of("localhost"), Clock.systemUTC()).renew(Map.of());
    Files.writeString(directory.resolve("tls.crt"), made.get(KeptCertificates.CHAIN));
    Files.writeString(directory.resolve("tls.key"), made.get(KeptCertificates.KEY));
    return made;
  }

  @Test
  void readsWhatSomebodyElsePutsThere() throws Exception {
    CertificateFiles files = new CertificateFiles(directory);
    Map<String, String> made = write();
    ServingCertificate first = files.current();

    assertThat(first.chain().toString()).isEqualTo(made.get(KeptCertificates.CHAIN));
    assertThat(files.current()).isEqualTo(first);
    assertThat(first.toString()).doesNotContain("PRIVATE");
    write();
    assertThat(files.current()).isNotEqualTo(first);
  }

  @Test
  void saysWhatIsMissingOrWrong() throws Exception {
    CertificateFiles files = new CertificateFiles(directory);
    assertThatThrownBy(files::current).hasMessageContaining("tls.crt cannot be read");
    write();
    Files.writeString(directory.resolve("tls.key"), "nothing");
    assertThatThrownBy(files::current).hasMessageContaining("holds no private key");
    Files.writeString(
        directory.resolve("tls.key"),
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertThatThrownBy(files::current).hasMessageContaining("cannot be read");
    Files.writeString(directory.resolve("tls.crt"), "nothing");
    assertThatThrownBy(files::current).hasMessageContaining("holds no certificate");
    Files.write(directory.resolve("tls.crt"), new byte[(1 << 20) + 1]);
    assertThatThrownBy(files::current).hasMessageContaining("larger than");
  }
}
