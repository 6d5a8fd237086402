package dev.millrace.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptCertificatesTest {
  private static final List<String> HOSTS = List.of("webhook.millrace.svc", "127.0.0.1");

  private final MovableClock clock = new MovableClock();
  private final KeptCertificates kept = new KeptCertificates(HOSTS, clock);

  private static final class MovableClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static X509Certificate first(Map<String, String> texts, String name) throws Exception {
    return Pem.certificates(texts.get(name), name).get(0);
  }

  @Test
  void nothingIsDueAndWhatIsMadeIsNot() throws Exception {
    assertThat(kept.isDue(Map.of())).isTrue();

    Map<String, String> made = kept.renew(Map.of());

    assertThat(kept.isDue(made)).isFalse();
    X509Certificate certificate = first(made, KeptCertificates.CHAIN);
    X509Certificate authority = first(made, KeptCertificates.AUTHORITIES);
    certificate.verify(authority.getPublicKey());
    assertThat(certificate.getIssuerX500Principal()).isEqualTo(authority.getSubjectX500Principal());
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> (Object) name.get(1))
        .containsExactlyInAnyOrderElementsOf(HOSTS);
    assertThat(authority.getBasicConstraints()).isZero();
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
  }

  @Test
  void aCertificateIsRenewedInTimeByTheSameAuthority() throws Exception {
    Map<String, String> made = kept.renew(Map.of());
    clock.pass(Duration.ofDays(59));
    assertThat(kept.isDue(made)).isFalse();

    clock.pass(Duration.ofDays(2));

    assertThat(kept.isDue(made)).isTrue();
    Map<String, String> renewed = kept.renew(made);
    assertThat(kept.isDue(renewed)).isFalse();
    assertThat(renewed.get(KeptCertificates.AUTHORITIES))
        .isEqualTo(made.get(KeptCertificates.AUTHORITIES));
    assertThat(renewed.get(KeptCertificates.CHAIN)).isNotEqualTo(made.get(KeptCertificates.CHAIN));
  }

  @Test
  void anAuthorityIsRenewedInTimeAndTheOneBeforeStaysTrusted() throws Exception {
    Map<String, String> made = kept.renew(Map.of());
    clock.pass(Duration.ofDays(500));

    Map<String, String> renewed = kept.renew(made);

    assertThat(kept.isDue(renewed)).isFalse();
    assertThat(renewed.get(KeptCertificates.AUTHORITIES))
        .endsWith(made.get(KeptCertificates.AUTHORITIES))
        .isNotEqualTo(made.get(KeptCertificates.AUTHORITIES));
    clock.pass(Duration.ofDays(300));
    assertThat(Pem.certificates(kept.renew(renewed).get(KeptCertificates.AUTHORITIES), "x"))
        .as("those that ran out are trusted no longer")
        .hasSize(1);
  }

  @Test
  void whatIsDamagedOrOfOtherNamesIsDue() throws Exception {
    Map<String, String> made = kept.renew(Map.of());
    for (String name : made.keySet()) {
      Map<String, String> damaged = new HashMap<>(made);
      damaged.put(name, "nothing");
      assertThat(kept.isDue(damaged)).as(name).isTrue();
      assertThat(kept.isDue(kept.renew(damaged))).as(name).isFalse();
    }
    Map<String, String> foreign = new HashMap<>(made);
    foreign.put(KeptCertificates.CHAIN, kept.renew(Map.of()).get(KeptCertificates.CHAIN));
    assertThat(kept.isDue(foreign)).as("signed by another authority").isTrue();
    assertThat(new KeptCertificates(List.of("else.svc"), clock).isDue(made)).isTrue();
  }

  @Test
  void replicasWhoseClocksAreMinutesApartDoNotRenewAgainstEachOther() throws Exception {
    Duration apart = Duration.ofMinutes(10);
    KeptCertificates ahead = new KeptCertificates(HOSTS, Clock.offset(clock, apart));
    KeptCertificates behind = new KeptCertificates(HOSTS, Clock.offset(clock, apart.negated()));
    Map<String, String> made = ahead.renew(Map.of());
    assertThat(behind.isDue(made)).isFalse();
    assertThat(first(made, KeptCertificates.CHAIN).getNotBefore())
        .as("valid already for an API server that is behind")
        .isBefore(Date.from(clock.instant().minus(apart)));

    clock.pass(Duration.ofDays(60).plusMinutes(5));
    assertThat(behind.isDue(made)).isFalse();
    assertThat(ahead.isDue(made)).isTrue();

    Map<String, String> renewed = ahead.renew(made);
    assertThat(ahead.isDue(renewed)).isFalse();
    assertThat(behind.isDue(renewed)).isFalse();
    clock.pass(apart);
    assertThat(behind.isDue(renewed)).isFalse();
  }
}
