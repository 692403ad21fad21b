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
import dev.baton.operators.internal.DictionaryMap;
import dev.baton.operators.internal.Longs;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;

/** Does what an {@link OrdinalEncoding} says, a block of rows at a time. */
final class OrdinalKernel implements Kernel {
  private final OrdinalEncoding encoding;
  private final List<CategoryCodes> codes;
  private final KernelContext context;
  private final long[] scratch = new long[Longs.BLOCK];
  private final int[] found = new int[Longs.BLOCK];

  /** For each column the codes of the texts of a dictionary. */
  private final List<DictionaryMap> maps = new ArrayList<>();

  /** Whether a text of a dictionary is an unknown category where none may be. */
  private boolean refused;

  OrdinalKernel(OrdinalEncoding encoding, List<CategoryCodes> codes, KernelContext context) {
    this.encoding = encoding;
    this.codes = codes;
    this.context = context;
    codes.forEach(column -> maps.add(new DictionaryMap()));
  }

  @Override
  public void apply(Batch batch) {
    for (int i = 0; i < codes.size(); i++) {
      OrdinalEncoding.Column column = encoding.columns().get(i);
      IntVector target =
          Vectors.fixed(Types.field(column.name(), Types.INT32), batch.rows(), context.allocator());
      try {
        if (!encodeNumbers(batch, target, column, i)) {
          encode(batch.column(column.name()), target, column, codes.get(i));
        }
      } catch (Throwable e) {
        target.close();
        throw e;
      }
      batch.put(target);
    }
  }

  /** Encodes a column that has a dictionary; false if there is none, or a category to refuse. */
  private boolean encodeNumbers(
      Batch batch, IntVector target, OrdinalEncoding.Column column, int number) {
    TextDictionary dictionary = batch.dictionary(column.name());
    if (dictionary == null) {
      return false;
    }
    IntVector numbers = batch.numbers(column.name());
    int missing = CategoryCodes.NULL;
    if (encoding.nullValue() == null) {
      Vectors.copyValidity(numbers, target);
    } else {
      Validity.setAll(Validity.address(target), batch.rows());
      missing = encoding.nullValue();
    }
    maps.get(number)
        .write(
            dictionary,
            numbers,
            missing,
            (texts, some, count, made) -> {
              codes.get(number).encode(texts, some, count, made);
              settle(texts, some, count, made, column);
            },
            Vectors.data(target));
    context.checkpoint();
    return !refused;
  }

  /** Gives unknown values among some texts their codes. */
  private void settle(
      VarCharVector texts, int[] some, int count, int[] made, OrdinalEncoding.Column column) {
    for (int i = 0; i < count; i++) {
      if (made[some[i]] == CategoryCodes.UNKNOWN) {
        refused |= encoding.unknown() == OrdinalEncoder.Unknown.ERROR;
        made[some[i]] =
            encoding.unknownBuckets() > 1
                ? encoding.unknownValue()
                    + XxHash64.bucket(XxHash64.text(texts, some[i]), encoding.unknownBuckets())
                : unknownCode(column);
      }
    }
  }

  private int unknownCode(OrdinalEncoding.Column column) {
    return encoding.unknown() == OrdinalEncoder.Unknown.INFREQUENT
        ? encoding.firstCode() + column.categories().size()
        : encoding.unknownValue();
  }

  private void encode(
      FieldVector source, IntVector target, OrdinalEncoding.Column column, CategoryCodes codes) {
    int rows = source.getValueCount();
    if (encoding.nullValue() == null) {
      Vectors.copyValidity(source, target);
    } else {
      Validity.setAll(Validity.address(target), rows);
    }
    int unknownCode = unknownCode(column);
    for (int first = 0; first < rows; first += Longs.BLOCK) {
      int count = Math.min(Longs.BLOCK, rows - first);
      codes.encode(source, first, count, scratch, found);
      if (encoding.unknown() == OrdinalEncoder.Unknown.ERROR) {
        codes.refuseUnknown(
            source,
            first,
            count,
            found,
            "set unknown=value of an ordinal-encoder or fit on data that has it");
      }
      if (encoding.unknownBuckets() > 1) {
        spread(source, column.type(), first, count);
      }
      if (encoding.nullValue() == null && column.type() == TypeFamily.FLOATING) {
        clearMissing(target, first, count);
      }
      long to = Vectors.data(target) + 4L * first;
      for (int i = 0; i < count; i++) {
        Memory.putInt(to + 4L * i, found[i] == CategoryCodes.UNKNOWN ? unknownCode : found[i]);
      }
      context.checkpoint();
    }
  }

  /** Gives unknown values codes by their hashes. */
  private void spread(FieldVector source, TypeFamily type, int first, int count) {
    for (int i = 0; i < count; i++) {
      if (found[i] == CategoryCodes.UNKNOWN) {
        long hash =
            type == TypeFamily.TEXT
                ? XxHash64.text(source, first + i)
                : XxHash64.hash(scratch[i], 0);
        found[i] = encoding.unknownValue() + XxHash64.bucket(hash, encoding.unknownBuckets());
      }
    }
  }

  /** NaN becomes null like nulls themselves. */
  private void clearMissing(IntVector target, int first, int count) {
    for (int i = 0; i < count; i++) {
      if (found[i] == CategoryCodes.NULL) {
        Validity.clear(Validity.address(target), first + i);
      }
    }
  }
}
