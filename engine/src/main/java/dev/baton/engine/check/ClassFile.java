package dev.baton.engine.check;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * As much of a class file as it takes to see where fields are touched: the methods' code, and the
 * names that it refers to. The Java Virtual Machine Specification, chapter 4.
 */
final class ClassFile {
  private static final int MAGIC = 0xCAFEBABE;

  /** Bytes after the tag of each kind of constant; -1 for a text of its own length. */
  private static final int[] CONSTANT_BYTES = {
    0, -1, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2
  };

  private static final int TEXT = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;
  private static final int FIELD = 9;

  private final byte[][] constants;
  private final List<Method> methods = new ArrayList<>();

  /** The code of a method, with an empty array where it has none. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Method(String name, int modifiers, byte[] code, List<Handler> handlers) {}

  /** Where it goes on when an instruction from {@code start} to before {@code end} throws. */
  record Handler(int start, int end, int target) {}

  /** The file that a class was loaded from, or null when there is none or it is not understood. */
  static ClassFile of(Class<?> type) {
    String name = type.getName().substring(type.getName().lastIndexOf('.') + 1);
    try (InputStream in = type.getResourceAsStream(name + ".class")) {
      return in == null ? null : new ClassFile(new DataInputStream(in));
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private ClassFile(DataInputStream in) throws IOException {
    if (in.readInt() != MAGIC) {
      throw new IOException("not a class file");
    }
    in.readInt(); // the version
    constants = new byte[in.readUnsignedShort()][];
    for (int i = 1; i < constants.length; i++) {
      int tag = in.readUnsignedByte();
      int bytes = CONSTANT_BYTES[tag];
      constants[i] = constant(tag, in.readNBytes(bytes < 0 ? in.readUnsignedShort() : bytes));
      i += tag == LONG || tag == DOUBLE ? 1 : 0;
    }
    in.readNBytes(6); // what it is, and what it extends
    in.readNBytes(2 * in.readUnsignedShort()); // interfaces
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      in.readNBytes(6);
      skipAttributes(in);
    }
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      methods.add(method(in));
    }
  }

  /** The tag, then what follows. */
  private static byte[] constant(int tag, byte[] bytes) {
    byte[] tagged = new byte[bytes.length + 1];
    tagged[0] = (byte) tag;
    System.arraycopy(bytes, 0, tagged, 1, bytes.length);
    return tagged;
  }

  private static void skipAttributes(DataInputStream in) throws IOException {
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      in.readUnsignedShort();
      in.readNBytes(in.readInt());
    }
  }

  private Method method(DataInputStream in) throws IOException {
    int modifiers = in.readUnsignedShort();
    String name = text(in.readUnsignedShort());
    in.readUnsignedShort(); // the descriptor
    byte[] code = {};
    List<Handler> handlers = new ArrayList<>();
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      String attribute = text(in.readUnsignedShort());
      byte[] content = in.readNBytes(in.readInt());
      if (attribute.equals("Code")) {
        DataInputStream body = new DataInputStream(new ByteArrayInputStream(content));
        body.readInt(); // the sizes of stack and locals
        code = body.readNBytes(body.readInt());
        for (int more = body.readUnsignedShort(); more > 0; more--) {
          handlers.add(
              new Handler(
                  body.readUnsignedShort(), body.readUnsignedShort(), body.readUnsignedShort()));
          body.readUnsignedShort(); // what is caught
        }
      }
    }
    return new Method(name, modifiers, code, handlers);
  }

  List<Method> methods() {
    return methods;
  }

  private int index(int constant, int at) {
    return (constants[constant][at] & 0xff) << 8 | constants[constant][at + 1] & 0xff;
  }

  /** Texts of names are in ASCII mostly; what is not is at least the same everywhere. */
  private String text(int constant) {
    byte[] bytes = constants[constant];
    if (bytes[0] != TEXT) {
      throw new IllegalArgumentException("constant " + constant + " is no text");
    }
    return new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
  }

  /** The class and name of a field, {@code a.b.C.field}, or null when it is something else. */
  String field(int constant) {
    if (constants[constant][0] != FIELD) {
      return null;
    }
    return className(index(constant, 1)) + "." + text(index(index(constant, 3), 1));
  }

  /** The name of a class, {@code a.b.C}, or null when it is something else. */
  String className(int constant) {
    return constants[constant][0] == CLASS ? text(index(constant, 1)).replace('/', '.') : null;
  }
}
