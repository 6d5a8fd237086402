package dev.millrace.operator.certificate;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What stands in the Secret, when it is due and what comes next: PEM texts by the names of their
 * entries. Stateless but for the clock, usable on any thread.
 */
final class KeptCertificates {
  static final String CHAIN = "tls.crt";
  static final String KEY = "tls.key";

  /** The authority of the certificate first, then those before it. */
  static final String AUTHORITIES = "ca.crt";

  static final String AUTHORITY_KEY = "ca.key";

  private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(730);
  private static final Duration VALIDITY = Duration.ofDays(90);
  private static final int MOST_AUTHORITIES = 3;

  private final List<String> hosts;
  private final Clock clock;
  private final CertificateMaker maker;

  KeptCertificates(List<String> hosts, Clock clock) {
    this.hosts = List.copyOf(hosts);
    this.clock = clock;
    this.maker = new CertificateMaker(clock);
  }

  /** Whether something is missing or wrong, or has less than a third of its time left. */
  boolean isDue(Map<String, String> kept) {
    try {
      X509Certificate certificate = first(kept, CHAIN);
      X509Certificate authority = first(kept, AUTHORITIES);
      certificate.verify(authority.getPublicKey());
      return isAuthorityDue(kept)
          || !lasts(certificate, VALIDITY)
          || !namesOf(certificate).containsAll(hosts)
          || Pem.privateKey(text(kept, KEY), KEY) == null;
    } catch (CertificateException | GeneralSecurityException damaged) {
      return true;
    }
  }

  /** What is to stand there from now on: a new certificate, of a new authority where it is time. */
  Map<String, String> renew(Map<String, String> kept) throws GeneralSecurityException {
    CertificateMaker.Pair authority = isAuthorityDue(kept) ? null : authority(kept);
    List<X509Certificate> trusted = new ArrayList<>(stillTrusted(kept));
    if (authority == null) {
      authority = maker.authority("millrace-webhook-authority", AUTHORITY_VALIDITY);
      trusted.add(0, authority.certificate());
    }
    CertificateMaker.Pair server = maker.server(authority, hosts, VALIDITY);
    StringBuilder authorities = new StringBuilder();
    for (X509Certificate each : trusted.subList(0, Math.min(MOST_AUTHORITIES, trusted.size()))) {
      authorities.append(Pem.of(each));
    }
    Map<String, String> renewed = new LinkedHashMap<>();
    renewed.put(AUTHORITIES, authorities.toString());
    renewed.put(AUTHORITY_KEY, Pem.of(authority.key()));
    renewed.put(CHAIN, Pem.of(server.certificate()));
    renewed.put(KEY, Pem.of(server.key()));
    return renewed;
  }

  private boolean isAuthorityDue(Map<String, String> kept) {
    CertificateMaker.Pair authority = authority(kept);
    return authority == null || !lasts(authority.certificate(), AUTHORITY_VALIDITY);
  }

  /** The authority that signs; null where there is none that could. */
  private static CertificateMaker.Pair authority(Map<String, String> kept) {
    try {
      PrivateKey key = Pem.privateKey(text(kept, AUTHORITY_KEY), AUTHORITY_KEY);
      return key == null ? null : new CertificateMaker.Pair(first(kept, AUTHORITIES), key);
    } catch (CertificateException damaged) {
      return null;
    }
  }

  private List<X509Certificate> stillTrusted(Map<String, String> kept) {
    try {
      Instant now = clock.instant();
      return Pem.certificates(text(kept, AUTHORITIES), AUTHORITIES).stream()
          .filter(each -> each.getNotAfter().toInstant().isAfter(now))
          .toList();
    } catch (CertificateException damaged) {
      return List.of();
    }
  }

  private boolean lasts(X509Certificate certificate, Duration validity) {
    Instant now = clock.instant();
    Instant renewal = certificate.getNotAfter().toInstant().minus(validity.dividedBy(3));
    return now.isBefore(renewal) && !now.isBefore(certificate.getNotBefore().toInstant());
  }

  private static Set<String> namesOf(X509Certificate certificate)
      throws CertificateParsingException {
    Set<String> names = new HashSet<>();
    Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
    if (alternatives != null) {
      alternatives.forEach(each -> names.add(String.valueOf(each.get(1))));
    }
    return names;
  }

  private static X509Certificate first(Map<String, String> kept, String name)
      throws CertificateException {
    return Pem.certificates(text(kept, name), name).get(0);
  }

  private static String text(Map<String, String> kept, String name) throws CertificateException {
    String text = kept.get(name);
    if (text == null) {
      throw new CertificateException(name + " is missing", null);
    }
    return text;
  }
}
