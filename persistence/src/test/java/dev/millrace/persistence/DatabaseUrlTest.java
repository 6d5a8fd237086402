package dev.millrace.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseUrlTest {
  @Test
  void readsAllPartsAndHidesThePassword() {
    DatabaseUrl url =
        DatabaseUrl.parse("postgresql://ada:p%40s%3As+%2F@db.internal:6543/mill?sslmode=disable");

    assertThat(url.host()).isEqualTo("db.internal");
    assertThat(url.port()).isEqualTo(6543);
    assertThat(url.database()).isEqualTo("mill");
    assertThat(url.user()).isEqualTo("ada");
    assertThat(url.password()).isEqualTo("p@s:s+/");
    assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db.internal:6543/mill?sslmode=disable");
    assertThat(url).hasToString("postgresql://ada:***@db.internal:6543/mill");
    PgConnectOptions options = url.options();
    assertThat(options.getPassword()).isEqualTo("p@s:s+/");
    assertThat(options.getSslMode()).isEqualTo(SslMode.DISABLE);
    assertThat(options.getSslOptions()).isNull();
  }

  @Test
  void needsNeitherPortNorPassword() {
    DatabaseUrl url = DatabaseUrl.parse("postgres://ada@localhost/mill");

    assertThat(url.port()).isEqualTo(5432);
    assertThat(url.password()).isNull();
    assertThat(url).hasToString("postgresql://ada@localhost:5432/mill");
    assertThat(url.options().getSslMode()).isEqualTo(SslMode.PREFER);
    assertThat(url.options().getSslOptions().isTrustAll()).isTrue();
  }

  @Test
  void onlyTheVerifyingModesTrustNotEveryone() {
    PgConnectOptions require = DatabaseUrl.parse("postgresql://a@h/d?sslmode=require").options();
    PgConnectOptions authority =
        DatabaseUrl.parse("postgresql://a@h/d?sslmode=verify-ca&sslrootcert=%2Fetc%2Fca.pem")
            .options();
    DatabaseUrl full = DatabaseUrl.parse("postgresql://a@h/d?sslmode=verify-full");

    assertThat(require.getSslMode()).isEqualTo(SslMode.REQUIRE);
    assertThat(require.getSslOptions().isTrustAll()).isTrue();
    assertThat(authority.getSslOptions().isTrustAll()).isFalse();
    assertThat(((PemTrustOptions) authority.getSslOptions().getTrustOptions()).getCertPaths())
        .containsExactly("/etc/ca.pem");
    assertThat(authority.getSslOptions().getHostnameVerificationAlgorithm()).isEmpty();
    assertThat(full.options().getSslOptions().isTrustAll()).isFalse();
    assertThat(full.options().getSslOptions().getHostnameVerificationAlgorithm())
        .isEqualTo("HTTPS");
    assertThat(full.jdbc()).contains("DefaultJavaSSLFactory");
  }

  @ParameterizedTest
  @CsvSource({
    "mysql://a:secret@h/d, scheme",
    "postgresql://a:secret@h, host and database",
    "postgresql://a:secret@h/d/e, host and database",
    "postgresql://h/d, user",
    "postgresql://a:sec ret@h/d, cannot be read",
    "postgresql://a:secret@h/d?x, name=value",
    "postgresql://a:secret@h/d?sslmode=maybe, verify-full",
    "postgresql://a:secret@h/d?ssl=true, parameter ssl is not known",
  })
  void saysWhatIsExpectedWithoutThePassword(String text, String message) {
    assertThatThrownBy(() -> DatabaseUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("expected postgresql://user:password@host:port/database")
        .hasMessageNotContainingAny("secret", "sec ret");
  }
}
