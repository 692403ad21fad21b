package dev.baton.engine.testkit;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.TextDictionary;
import dev.baton.engine.batch.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Batches whose text columns have dictionaries, as files have them. */
public final class Dictionaries {
  private Dictionaries() {}

  /** Rows as a batch of which every text column has a dictionary; the caller closes it. */
  public static Batch batch(Rows rows, BufferAllocator allocator) {
    Batch batch = rows.batch(allocator);
    for (Field field : rows.schema().getFields()) {
      if (field.getType().equals(Types.UTF8)) {
        List<Object> texts = rows.column(field.getName());
        try (TextDictionary dictionary = of(texts, allocator)) {
          put(batch, field.getName(), texts, dictionary, allocator);
        }
      }
    }
    return batch;
  }

  /** The texts that occur, in some order, and two that do not; the caller holds it. */
  public static TextDictionary of(List<?> texts, BufferAllocator allocator) {
    Set<Object> distinct = new LinkedHashSet<>(texts);
    distinct.remove(null);
    distinct.add("a text of no row");
    distinct.add("");
    List<Object> order = new ArrayList<>(distinct);
    Collections.shuffle(order, new Random(order.size()));
    VarCharVector vector = new VarCharVector("texts", allocator);
    vector.allocateNew(order.size());
    for (int i = 0; i < order.size(); i++) {
      Cells.set(vector, i, order.get(i));
    }
    vector.setValueCount(order.size());
    return new TextDictionary(vector);
  }

  /** Puts a column of these texts, which are all in the dictionary or null, into a batch. */
  public static void put(
      Batch batch,
      String name,
      List<?> texts,
      TextDictionary dictionary,
      BufferAllocator allocator) {
    Map<Object, Integer> numbers = new HashMap<>();
    for (int i = 0; i < dictionary.size(); i++) {
      numbers.put(Cells.get(dictionary.texts(), i), i);
    }
    IntVector vector = new IntVector(name, allocator);
    vector.allocateNew(texts.size());
    for (int row = 0; row < texts.size(); row++) {
      if (texts.get(row) == null) {
        vector.set(row, dictionary.size() - 1);
        vector.setNull(row);
      } else {
        vector.set(row, numbers.get(texts.get(row)));
      }
    }
    vector.setValueCount(texts.size());
    batch.put(vector, dictionary);
  }
}
