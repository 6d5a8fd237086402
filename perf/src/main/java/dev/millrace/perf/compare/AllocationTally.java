package dev.millrace.perf.compare;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.management.AttributeNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The main class of a contestant: runs the program that its arguments name, and tells {@link
 * AllocatedBytes} what this JVM has allocated, on a thread of its own. It listens on a Unix socket
 * in the run's work directory: nobody reaches it over a network, not even over loopback.
 */
final class AllocationTally {

  private AllocationTally() {}

  /** What stands before the main class and the arguments of the program that is run. */
  static List<String> before(Path socket) {
    return List.of(AllocationTally.class.getName(), socket.toString());
  }

  /** Takes the socket's path, a main class, and that one's arguments. */
  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(arguments[0]));
    Thread thread = new Thread(() -> tell(server), "allocation-tally");
    thread.setDaemon(true);
    thread.start();
    try {
      Class.forName(arguments[1])
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(arguments, 2, arguments.length));
    } catch (InvocationTargetException failure) {
      throw new IllegalStateException(arguments[1] + " failed", failure.getCause());
    }
  }

  /** Each caller gets one number. */
  private static void tell(ServerSocketChannel server) {
    while (true) {
      try (SocketChannel caller = server.accept()) {
        ByteBuffer answer = ByteBuffer.allocate(Long.BYTES).putLong(0, total());
        while (answer.hasRemaining()) {
          caller.write(answer);
        }
      } catch (IOException gone) {
        // The caller fails on an answer that is cut short; the next one is served.
      }
    }
  }

  /**
   * Of all threads, those included that have ended. A Java older than 17.0.13 or 21 does not know
   * of the latter: there it is the sum over those that live, which are all that serve requests.
   */
  private static long total() {
    try {
      return (Long)
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(
                  new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
                  "TotalThreadAllocatedBytes");
    } catch (AttributeNotFoundException older) {
      return ofLivingThreads();
    } catch (JMException failure) {
      throw new IllegalStateException("the allocated bytes cannot be read", failure);
    }
  }

  static long ofLivingThreads() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long ofThread : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      // -1 of a thread that has just ended
      sum += Math.max(0, ofThread);
    }
    return sum;
  }
}
