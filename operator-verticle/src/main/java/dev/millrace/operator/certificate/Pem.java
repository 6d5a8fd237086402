package dev.millrace.operator.certificate;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes the PEM form of certificates and keys; stateless, usable on any thread. */
final class Pem {
  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN ((?:EC |RSA )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private Pem() {}

  static String of(String type, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
  }

  static String of(X509Certificate certificate) throws GeneralSecurityException {
    return of("CERTIFICATE", certificate.getEncoded());
  }

  static String of(PrivateKey key) {
    return of("PRIVATE KEY", key.getEncoded());
  }

  /**
   * All certificates of a text.
   *
   * @param where it came from, for messages
   */
  static List<X509Certificate> certificates(String pem, String where) throws CertificateException {
    List<X509Certificate> found = new ArrayList<>();
    try {
      for (Certificate each :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
        found.add((X509Certificate) each);
      }
    } catch (java.security.cert.CertificateException unreadable) {
      throw new CertificateException(where + " holds no certificate in PEM form", unreadable);
    }
    if (found.isEmpty()) {
      throw new CertificateException(where + " holds no certificate in PEM form", null);
    }
    return found;
  }

  /**
   * The private key of a text, looked into only where it is of the form PKCS #8.
   *
   * @param where it came from, for messages
   * @return null where the key is of an older form
   */
  static PrivateKey privateKey(String pem, String where) throws CertificateException {
    Matcher matcher = KEY.matcher(pem);
    if (!matcher.find()) {
      throw new CertificateException(where + " holds no private key in PEM form", null);
    }
    if (!matcher.group(1).equals("PRIVATE KEY")) {
      return null;
    }
    PKCS8EncodedKeySpec encoded;
    try {
      encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(2)));
    } catch (IllegalArgumentException noBase64) {
      throw new CertificateException(where + " holds a private key that cannot be read", null);
    }
    for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
      PrivateKey key = privateKey(encoded, algorithm);
      if (key != null) {
        return key;
      }
    }
    throw new CertificateException(where + " holds a private key that cannot be read", null);
  }

  /** A key of one algorithm; null where it is of another one. */
  private static PrivateKey privateKey(PKCS8EncodedKeySpec encoded, String algorithm) {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
    } catch (GeneralSecurityException another) {
      return null;
    }
  }
}
