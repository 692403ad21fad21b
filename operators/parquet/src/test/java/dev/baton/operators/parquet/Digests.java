package dev.baton.operators.parquet;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.Split;
import dev.baton.engine.testkit.FakeContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;

/** Reads whole sources column by column, as one worker would; fails when memory leaks. */
final class Digests {
  private Digests() {}

  /** The digest of each column, by its name; it covers name, type and values. */
  static Map<String, String> of(Source source) throws Exception {
    return of(source, false);
  }

  /** The same with all splits read from the last to the first, so that each starts by itself. */
  static Map<String, String> backwards(Source source) throws Exception {
    return of(source, true);
  }

  private static Map<String, String> of(Source source, boolean backwards) throws Exception {
    try (RootAllocator allocator = new RootAllocator();
        OpenSource open = source.open()) {
      List<Field> fields = open.schema().getFields();
      List<Split> splits = new ArrayList<>();
      open.splits().forEachRemaining(splits::add);
      List<Map<String, Digest>> parts = new ArrayList<>();
      if (backwards) {
        Collections.reverse(splits);
      }
      try (Decoder decoder =
          open.decoder(fields.stream().map(Field::getName).toList(), new FakeContext(allocator))) {
        for (Split split : splits) {
          decoder.start(split);
          parts.add(split(decoder, fields));
        }
      }
      if (backwards) {
        Collections.reverse(parts);
      }
      Map<String, Digest> all = empty(fields);
      parts.forEach(part -> part.forEach((name, digest) -> all.merge(name, digest, Digest::then)));
      Map<String, String> texts = new LinkedHashMap<>();
      all.forEach((name, digest) -> texts.put(name, digest.rows() + " rows " + digest));
      return texts;
    }
  }

  private static Map<String, Digest> split(Decoder decoder, List<Field> fields) throws Exception {
    Map<String, Digest> digests = empty(fields);
    for (Batch batch; (batch = decoder.next()) != null; batch.close()) {
      for (int i = 0; i < batch.width(); i++) {
        Digest digest = Digest.ofColumn(batch.column(i));
        digests.merge(batch.column(i).getName(), digest, Digest::then);
      }
    }
    return digests;
  }

  private static Map<String, Digest> empty(List<Field> fields) {
    Map<String, Digest> digests = new LinkedHashMap<>();
    fields.forEach(field -> digests.put(field.getName(), Digest.emptyColumn(field)));
    return digests;
  }
}
