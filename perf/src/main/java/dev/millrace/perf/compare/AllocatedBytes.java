package dev.millrace.perf.compare;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * How many bytes another JVM has allocated since it started, asked of its {@link AllocationTally}.
 * Owned by a {@link Contestant}, used on the main thread of {@link Compare}.
 *
 * @param socket where that one listens
 */
record AllocatedBytes(Path socket) {

  long read() throws IOException {
    try (SocketChannel tally = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      ByteBuffer answer = ByteBuffer.allocate(Long.BYTES);
      while (answer.hasRemaining()) {
        if (tally.read(answer) < 0) {
          throw new EOFException("the process at " + socket + " did not say what it allocated");
        }
      }
      return answer.getLong(0);
    }
  }
}
