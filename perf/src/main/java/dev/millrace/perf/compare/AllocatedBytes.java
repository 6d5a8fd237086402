package dev.millrace.perf.compare;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import javax.management.AttributeNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * How many bytes another JVM has allocated since it started, asked through its local management
 * agent, which refuses callers from other machines. Owned by a {@link Contestant}, used on the main
 * thread of {@link Compare}.
 */
final class AllocatedBytes implements AutoCloseable {

  private static final String THREADING = "java.lang:type=Threading";

  private final JMXConnector connector;
  private final MBeanServerConnection connection;
  private final ObjectName threading;

  private AllocatedBytes(JMXConnector connector, ObjectName threading) throws IOException {
    this.connector = connector;
    this.connection = connector.getMBeanServerConnection();
    this.threading = threading;
  }

  @SuppressWarnings("BanJNDI") // the address is given by the JVM that this program has started
  static AllocatedBytes of(long pid) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      String address;
      try {
        address = machine.startLocalManagementAgent();
      } finally {
        machine.detach();
      }
      return new AllocatedBytes(
          JMXConnectorFactory.connect(new JMXServiceURL(address)), new ObjectName(THREADING));
    } catch (IOException | AttachNotSupportedException | JMException failure) {
      throw new IllegalStateException(
          "cannot ask process " + pid + " what it allocates: " + failure.getMessage(), failure);
    }
  }

  /**
   * Of all threads, those included that have ended. A Java older than 17.0.13 or 21 does not know
   * of the latter: there it is the sum over those that live, which are all that serve requests.
   */
  long read() throws IOException {
    try {
      return (Long) connection.getAttribute(threading, "TotalThreadAllocatedBytes");
    } catch (AttributeNotFoundException older) {
      return ofLivingThreads();
    } catch (JMException failure) {
      throw unreadable(failure);
    }
  }

  long ofLivingThreads() throws IOException {
    try {
      Object ids = connection.getAttribute(threading, "AllThreadIds");
      long[] bytes =
          (long[])
              connection.invoke(
                  threading, "getThreadAllocatedBytes", new Object[] {ids}, new String[] {"[J"});
      long sum = 0;
      for (long ofThread : bytes) {
        // -1 of a thread that has just ended
        sum += Math.max(0, ofThread);
      }
      return sum;
    } catch (JMException failure) {
      throw unreadable(failure);
    }
  }

  private static IllegalStateException unreadable(JMException failure) {
    return new IllegalStateException(
        "the allocated bytes cannot be read: " + failure.getMessage(), failure);
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException gone) {
      // the process has ended before: there is nothing left to close
    }
  }
}
