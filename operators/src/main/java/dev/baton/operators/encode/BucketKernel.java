package dev.baton.operators.encode;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.TextDictionary;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.operator.ValueException;
import dev.baton.operators.internal.DictionaryMap;
import dev.baton.operators.internal.Longs;
import dev.baton.operators.internal.Strings;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;

/** Does what a {@link HashBucket} says, a block of rows at a time. */
final class BucketKernel implements Kernel {
  private final HashBucket operator;
  private final List<String> names;
  private final KernelContext context;
  private final Remainder remainder;
  private final long[] scratch = new long[Longs.BLOCK];

  /** For each column the buckets of the texts of a dictionary. */
  private final List<DictionaryMap> maps = new ArrayList<>();

  /** Whether a text of a dictionary is no number where it must be one. */
  private boolean refused;

  BucketKernel(HashBucket operator, List<String> names, KernelContext context) {
    this.operator = operator;
    this.names = names;
    this.context = context;
    this.remainder = new Remainder(operator.buckets());
    names.forEach(name -> maps.add(new DictionaryMap()));
  }

  @Override
  public void apply(Batch batch) {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      IntVector target =
          Vectors.unset(Types.field(name, Types.INT32), batch.rows(), context.allocator());
      try {
        if (!fillNumbers(batch, name, maps.get(i), target)) {
          fill(batch.column(name), target);
        }
      } catch (Throwable e) {
        target.close();
        throw e;
      }
      batch.put(target);
    }
  }

  /** Fills in a column that has a dictionary; false if there is none, or a text to refuse. */
  private boolean fillNumbers(Batch batch, String name, DictionaryMap map, IntVector target) {
    TextDictionary dictionary = batch.dictionary(name);
    if (dictionary == null) {
      return false;
    }
    IntVector numbers = batch.numbers(name);
    Vectors.copyValidity(numbers, target);
    map.write(dictionary, numbers, 0, this::buckets, Vectors.data(target));
    context.checkpoint();
    return !refused;
  }

  private void buckets(VarCharVector texts, int[] some, int count, int[] made) {
    for (int i = 0; i < count; i++) {
      made[some[i]] = bucket(texts, some[i]);
    }
  }

  private int bucket(VarCharVector texts, int number) {
    long data = Vectors.data(texts);
    long place = Memory.getLong(Vectors.offsets(texts) + 4L * number);
    int from = (int) place;
    int length = (int) (place >>> 32) - from;
    if (operator.hash() == HashBucket.Hash.XXH64) {
      return XxHash64.bucket(
          XxHash64.hash(data + from, length, operator.seed()), operator.buckets());
    } else if (Hex.isNumber(data + from, length)) {
      return remainder.of(Hex.number(data + from, length));
    }
    refused = true;
    return 0;
  }

  private void fill(FieldVector source, IntVector target) {
    int rows = source.getValueCount();
    Vectors.copyValidity(source, target);
    boolean text = TypeFamily.TEXT.accepts(source.getField().getType());
    boolean modulo = operator.hash() == HashBucket.Hash.MODULO;
    for (int first = 0; first < rows; first += Longs.BLOCK) {
      int count = Math.min(Longs.BLOCK, rows - first);
      long to = Vectors.data(target) + 4L * first;
      if (text && modulo) {
        readHex(source, first, count, to);
      } else if (text) {
        hashText(source, first, count, to);
      } else {
        Longs.load(source, first, count, scratch);
        if (modulo) {
          reduce(count, to);
        } else {
          hashIntegers(count, to);
        }
      }
      context.checkpoint();
    }
  }

  private void hashText(FieldVector source, int first, int count, long to) {
    long data = Vectors.data(source);
    long offsets = Vectors.offsets(source) + 4L * first;
    long validity = Validity.address(source);
    long seed = operator.seed();
    int buckets = operator.buckets();
    for (int start = 0; start < count; start += 64) {
      // The offsets of a null may be anything that other writers left there.
      long valid = Validity.word(validity, (first + start) >>> 6, first + count);
      if (valid != -1) {
        clear(to, start, count);
      }
      for (; valid != 0; valid &= valid - 1) {
        long row = (long) start + Long.numberOfTrailingZeros(valid);
        int from = Memory.getInt(offsets + 4 * row);
        int length = Memory.getInt(offsets + 4 * row + 4) - from;
        long hash =
            length == 8
                ? XxHash64.hash(Memory.getLong(data + from), seed)
                : XxHash64.hash(data + from, length, seed);
        Memory.putInt(to + 4 * row, XxHash64.bucket(hash, buckets));
      }
    }
  }

  /** Makes up to 64 rows from {@code start} 0, for those that are null and keep it. */
  private static void clear(long to, int start, int count) {
    int end = Math.min(start + 64, count);
    for (int row = start; row < end; row++) {
      Memory.putInt(to + 4L * row, 0);
    }
  }

  private void hashIntegers(int count, long to) {
    for (int i = 0; i < count; i++) {
      long hash = XxHash64.hash(scratch[i], operator.seed());
      Memory.putInt(to + 4L * i, XxHash64.bucket(hash, operator.buckets()));
    }
  }

  private void reduce(int count, long to) {
    for (int i = 0; i < count; i++) {
      Memory.putInt(to + 4L * i, (int) Math.floorMod(scratch[i], (long) operator.buckets()));
    }
  }

  private void readHex(FieldVector source, int first, int count, long to) {
    long data = Vectors.data(source);
    long offsets = Vectors.offsets(source) + 4L * first;
    long validity = Validity.address(source);
    long signs = 0;
    for (int start = 0; start < count; start += 64) {
      long valid = Validity.word(validity, (first + start) >>> 6, first + count);
      if (valid == -1) {
        int from = Memory.getInt(offsets + 4L * start);
        for (int row = start; row < start + 64; row++) {
          int end = Memory.getInt(offsets + 4L * row + 4);
          signs |= readHex(data + from, end - from, to + 4L * row);
          from = end;
        }
      } else {
        clear(to, start, count);
        for (; valid != 0; valid &= valid - 1) {
          long row = (long) start + Long.numberOfTrailingZeros(valid);
          int from = Memory.getInt(offsets + 4 * row);
          int length = Memory.getInt(offsets + 4 * row + 4) - from;
          signs |= readHex(data + from, length, to + 4 * row);
        }
      }
    }
    if (signs < 0) {
      refuse(source, first, count);
    }
  }

  /** Writes the bucket of one text; returns something negative when it is no number. */
  private long readHex(long text, int length, long to) {
    if (length == 8) {
      long number = Hex.eight(Memory.getLong(text));
      Memory.putInt(to, remainder.ofInt(number));
      return number;
    }
    if (!Hex.isNumber(text, length)) {
      return -1;
    }
    Memory.putInt(to, remainder.of(Hex.number(text, length)));
    return 0;
  }

  /** Names the first row among some that have one whose text is no number. */
  private static void refuse(FieldVector source, int first, int count) {
    for (int row = first; row < first + count; row++) {
      long offset = Vectors.offsets(source) + 4L * row;
      int from = Memory.getInt(offset);
      int length = Memory.getInt(offset + 4) - from;
      if (Validity.isSet(Validity.address(source), row)
          && !Hex.isNumber(Vectors.data(source) + from, length)) {
        throw noNumber(source, row);
      }
    }
  }

  private static ValueException noNumber(FieldVector source, int row) {
    return new ValueException(
        source.getName(),
        row,
        String.format(
            "expected 1 to 16 hexadecimal digits but was '%s'; set hash=xxh64, which takes any text",
            Strings.of(source, row)));
  }
}
