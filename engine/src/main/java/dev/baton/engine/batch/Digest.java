package dev.baton.engine.batch;

import org.apache.arrow.vector.types.pojo.Schema;

public record Digest(long a) {
  public static Digest empty(Schema schema) {
    return new Digest(0);
  }

  public static Digest of(Batch batch) {
    return new Digest(batch.rows());
  }

  public Digest then(Digest later) {
    return new Digest(a + later.a);
  }
}
