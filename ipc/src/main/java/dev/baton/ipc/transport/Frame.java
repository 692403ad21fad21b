package dev.baton.ipc.transport;

/**
 * What a queue document says. Layout, little-endian:
 *
 * <pre>
 *  0  byte  kind
 *  1  byte  placement (messages)
 *  2  short 0
 *  4  int   slot (messages)
 *  8  long  payload bytes in this document (messages), the slots given back as bits (credits)
 * 16  long  payload bytes that follow in the next documents (messages)
 * 24  long  when it was written, in milliseconds since 1970
 * 32  int   header length (messages)
 * 36        header, then, if the payload is in the document, padding to 64 and the payload
 * </pre>
 *
 * @param more bytes of the same payload that follow; the header is in the last of its documents
 * @param slots for credits, the slots given back as bits; else 0
 * @param body the payload where it lies in the document, else null
 */
@SuppressWarnings("ArrayRecordComponent") // Frames are read once and never compared.
record Frame(
    byte kind,
    byte placement,
    int slot,
    long payloadBytes,
    long slots,
    long more,
    long millis,
    byte[] header,
    Mapping body) {
  static final int FIXED_BYTES = 36;
  static final int ALIGNMENT = 64;

  static final byte MESSAGE = 1;
  static final byte CREDIT = 2;

  /** No payload. */
  static final byte NONE = 0;

  /** In the slab of the direction, in the named slot. */
  static final byte SLOT = 1;

  /** In the document. */
  static final byte INLINE = 2;

  private static final byte[] NOTHING = {};

  static Frame message(byte placement, int slot, long payloadBytes, long more, byte[] header) {
    return new Frame(
        MESSAGE, placement, slot, payloadBytes, 0, more, System.currentTimeMillis(), header, null);
  }

  static Frame credit(long slots) {
    return new Frame(CREDIT, NONE, 0, 0, slots, 0, System.currentTimeMillis(), NOTHING, null);
  }

  static long alignUp(long position) {
    return (position + ALIGNMENT - 1) & -ALIGNMENT;
  }
}
