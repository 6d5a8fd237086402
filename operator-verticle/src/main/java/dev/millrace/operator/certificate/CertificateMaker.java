package dev.millrace.operator.certificate;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes authorities and certificates that they sign; any thread, a few milliseconds each. */
final class CertificateMaker {
  /** Clocks of API servers may be behind ours. */
  private static final Duration SKEW = Duration.ofHours(1);

  private static final int SERIAL_BITS = 120;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  CertificateMaker(Clock clock) {
    this.clock = clock;
  }

  /** A certificate with its key. */
  record Pair(X509Certificate certificate, PrivateKey key) {}

  /** An authority that signs itself, and nothing but servers. */
  Pair authority(String name, Duration validity) throws GeneralSecurityException {
    KeyPair keys = keys();
    // The serial is part of the name, so that an authority and its successor are told apart.
    BigInteger serial = serial();
    X500Name subject = new X500Name("CN=" + name + " " + serial.toString(36));
    try {
      X509v3CertificateBuilder builder =
          builder(subject, subject, serial, keys, validity)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
              .addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return signed(builder, keys.getPrivate(), keys.getPrivate());
    } catch (CertIOException impossible) {
      throw new GeneralSecurityException(impossible);
    }
  }

  /**
   * A certificate of a server.
   *
   * @param hosts names and addresses of the server, at least one
   */
  Pair server(Pair authority, List<String> hosts, Duration validity)
      throws GeneralSecurityException {
    KeyPair keys = keys();
    X500Name issuer =
        X500Name.getInstance(authority.certificate().getSubjectX500Principal().getEncoded());
    GeneralName[] names = hosts.stream().map(CertificateMaker::name).toArray(GeneralName[]::new);
    try {
      X509v3CertificateBuilder builder =
          builder(issuer, new X500Name("CN=millrace-webhook"), serial(), keys, validity)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
              .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      return signed(builder, authority.key(), keys.getPrivate());
    } catch (CertIOException impossible) {
      throw new GeneralSecurityException(impossible);
    }
  }

  private static GeneralName name(String host) {
    boolean address = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
  }

  private X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, BigInteger serial, KeyPair keys, Duration validity) {
    Instant now = clock.instant();
    return new JcaX509v3CertificateBuilder(
        issuer,
        serial,
        Date.from(now.minus(SKEW)),
        Date.from(now.plus(validity)),
        subject,
        keys.getPublic());
  }

  private static Pair signed(X509v3CertificateBuilder builder, PrivateKey by, PrivateKey own)
      throws GeneralSecurityException {
    try {
      return new Pair(
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by))),
          own);
    } catch (OperatorCreationException refused) {
      throw new GeneralSecurityException(refused);
    }
  }

  private BigInteger serial() {
    return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }
}
