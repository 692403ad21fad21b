package dev.baton.ipc.transport;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Outgoing;

/** The body of a message to send: it writes itself straight to where the receiver will read it. */
public interface Payload {
  /** How many bytes {@link #writeTo} writes; 0 is the same as no payload. */
  long bytes();

  /**
   * Writes exactly {@link #bytes} bytes at {@code address}, which is a multiple of 64. Called once,
   * on the thread that sends. If it throws, nothing is sent.
   */
  void writeTo(long address);

  /** What writes itself. */
  static Payload of(Outgoing outgoing) {
    return new Payload() {
      @Override
      public long bytes() {
        return outgoing.bytes();
      }

      @Override
      public void writeTo(long address) {
        outgoing.writeTo(address);
      }
    };
  }

  /** A copy of an array. */
  static Payload of(byte[] array) {
    return new Payload() {
      @Override
      public long bytes() {
        return array.length;
      }

      @Override
      public void writeTo(long address) {
        Memory.copyFromArray(array, 0, address, array.length);
      }
    };
  }

  /** A copy of memory. */
  static Payload copy(long from, long bytes) {
    return new Payload() {
      @Override
      public long bytes() {
        return bytes;
      }

      @Override
      public void writeTo(long address) {
        Memory.copy(from, address, bytes);
      }
    };
  }
}
