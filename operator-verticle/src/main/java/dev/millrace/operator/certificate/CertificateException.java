package dev.millrace.operator.certificate;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** Tells why there is no certificate to serve with, and what to do. */
public final class CertificateException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  /** With what to do in its message. */
  public CertificateException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether it may pass by itself: the API server could not be reached, or was not up to it. */
  public boolean mayPass() {
    if (!(getCause() instanceof KubernetesClientException answer)) {
      return false;
    }
    int code = answer.getCode();
    boolean unanswered = code <= 0;
    return unanswered || code == TOO_MANY_REQUESTS || code >= SERVER_ERROR;
  }
}
