package dev.millrace.operator.certificate;

/** Tells why there is no certificate to serve with, and what to do. */
public final class CertificateException extends Exception {
  private static final long serialVersionUID = 1L;

  CertificateException(String message, Throwable cause) {
    super(message, cause);
  }
}
