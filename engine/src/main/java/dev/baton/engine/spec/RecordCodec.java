package dev.baton.engine.spec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records as bytes, to cross to another process or be saved: the same tree of names and texts that
 * a pipeline file holds, in a compact form without the limits of a file, and with every component,
 * so that it means the same where defaults are others. Reading builds records only, through their
 * own constructors, and only such as implement the type that is asked for; what is not there has
 * its default. A length that claims more than there is allocates nothing. Thread-safe.
 */
public final class RecordCodec {
  private static final int SCALAR = 0;
  private static final int SEQUENCE = 1;
  private static final int MAPPING = 2;
  private static final int MAX_DEPTH = 200;
  private static final Yaml.Style[] STYLES = Yaml.Style.values();
  private static final Context CONTEXT =
      new Context(Catalogue.of("", List.of()), Path.of(""), "", true);

  private RecordCodec() {}

  /**
   * The bytes of a record, with its class name.
   *
   * @throws SpecException when it or a component exists only in Java, such as a function
   */
  public static byte[] write(Object value) {
    return write(value, false);
  }

  /**
   * Bytes by which a record is known again in another process, not to be read: the same with the
   * entries of every map by their keys, since maps like those of {@code Map.of} have another order
   * in every process.
   *
   * @throws SpecException as {@link #write} does
   */
  public static byte[] fingerprint(Object value) {
    return write(value, true);
  }

  private static byte[] write(Object value, boolean byKey) {
    if (!value.getClass().isRecord()) {
      throw new SpecException(value.getClass().getName() + " is no record; it exists only in Java");
    }
    Form form = new RecordForm(RecordShape.of(value.getClass()));
    Yaml tree = Called.write(value.getClass().getName(), form.write(value, CONTEXT));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(tree, out, byKey);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The record in bytes that {@link #write} wrote.
   *
   * @throws SpecException when it is no record that implements {@code type}
   */
  public static <T> T read(byte[] bytes, Class<T> type) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Called called = Called.read(read(in, 0));
      if (called == null) {
        throw new SpecException("not the bytes of a record");
      }
      Class<?> found = Class.forName(called.name(), false, type.getClassLoader());
      // Nothing of the class runs before it is known to be what belongs here.
      if (!found.isRecord() || !type.isAssignableFrom(found)) {
        throw new SpecException(
            called.name() + " is not a record that implements " + type.getName());
      }
      Form form = new RecordForm(RecordShape.of(found));
      return type.cast(form.read(called.parameters(), CONTEXT));
    } catch (ClassNotFoundException e) {
      throw new SpecException("a class is not on the class path: " + e.getMessage());
    } catch (IOException e) {
      throw new SpecException("not the bytes of a record: " + e.getMessage());
    }
  }

  private static void write(Yaml tree, DataOutputStream out, boolean byKey) throws IOException {
    if (tree instanceof Yaml.Scalar scalar) {
      out.writeByte(SCALAR);
      out.writeByte(scalar.style().ordinal());
      text(scalar.text(), out);
    } else if (tree instanceof Yaml.Sequence sequence) {
      out.writeByte(SEQUENCE);
      out.writeInt(sequence.items().size());
      for (Yaml item : sequence.items()) {
        write(item, out, byKey);
      }
    } else if (tree instanceof Yaml.Mapping mapping) {
      out.writeByte(MAPPING);
      out.writeInt(mapping.fields().size());
      Map<String, Yaml.Field> fields = mapping.fields();
      for (Yaml.Field field : (byKey ? new TreeMap<>(fields) : fields).values()) {
        text(field.key(), out);
        write(field.value(), out, byKey);
      }
    }
  }

  private static Yaml read(DataInputStream in, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new IOException("nested more than " + MAX_DEPTH + " deep");
    }
    switch (in.readByte()) {
      case SCALAR -> {
        int style = in.readByte();
        if (style < 0 || style >= STYLES.length) {
          throw new IOException("a text has style " + style);
        }
        return new Yaml.Scalar(text(in), STYLES[style], Position.NONE);
      }
      case SEQUENCE -> {
        List<Yaml> items = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
          items.add(read(in, depth + 1));
        }
        return new Yaml.Sequence(items, Position.NONE);
      }
      case MAPPING -> {
        Map<String, Yaml.Field> fields = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
          String key = text(in);
          fields.put(key, Yaml.Field.of(key, read(in, depth + 1)));
        }
        return new Yaml.Mapping(fields, Position.NONE);
      }
      default -> throw new IOException("no text, list or map");
    }
  }

  private static void text(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a text of " + length + " bytes where " + in.available() + " are left");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
