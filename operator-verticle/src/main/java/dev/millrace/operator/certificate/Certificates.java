package dev.millrace.operator.certificate;

/**
 * Where the webhook's certificate comes from; asked at the start and again and again from then on,
 * on a worker thread.
 */
public interface Certificates {
  /**
   * The certificate to serve with now; renews it where it is time to. Equal to the one before where
   * nothing changed.
   */
  ServingCertificate current() throws CertificateException;
}
