package dev.baton.ipc.transport;

/**
 * What a queue document says. Layout, little-endian:
 *
 * <pre>
 *  0  byte  kind
 *  1  byte  placement (messages)
 *  2  short 0
 *  4  int   slot (messages)
 *  8  long  payload bytes (messages), the slots given back as bits (credits)
 * 16  long  number of the extra file (messages)
 * 24  int   header length (messages)
 * 28        header, then, if the payload is in the document, padding to 64 and the payload
 * </pre>
 *
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
    long extra,
    byte[] header,
    Mapping body) {
  static final int FIXED_BYTES = 28;
  static final int ALIGNMENT = 64;

  static final byte MESSAGE = 1;
  static final byte CREDIT = 2;

  /** No payload. */
  static final byte NONE = 0;

  /** In the slab of the direction, in the named slot. */
  static final byte SLOT = 1;

  /** In the document. */
  static final byte INLINE = 2;

  /** In a file of its own; the slot is taken only as a credit. */
  static final byte EXTRA = 3;

  static Frame message(byte placement, int slot, long payloadBytes, long extra, byte[] header) {
    return new Frame(MESSAGE, placement, slot, payloadBytes, 0, extra, header, null);
  }

  static long alignUp(long position) {
    return (position + ALIGNMENT - 1) & -ALIGNMENT;
  }
}
