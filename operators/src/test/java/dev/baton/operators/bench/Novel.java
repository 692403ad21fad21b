package dev.baton.operators.bench;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.io.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The lines of the novel among the examples' data, in memory. */
@State(Scope.Benchmark)
public class Novel {
  /** Words of at least two characters; 6,432 of them are distinct. */
  public static final int TOKENS = 118_171;

  static final Schema SCHEMA = Rows.schema("text", Types.UTF8);

  /** Plain as it is, or with an accent in every line. */
  @Param({"ascii", "accents"})
  public String letters;

  BufferAllocator allocator;
  Batch batch;

  @Setup(Level.Trial)
  public void read() throws IOException {
    allocator = new RootAllocator();
    List<Object[]> cells = new ArrayList<>();
    for (String line : Files.readAllLines(Tables.example("pride-and-prejudice.txt"))) {
      cells.add(Rows.row(letters.equals("ascii") ? line : line + " é"));
    }
    batch = new Rows(SCHEMA, cells).batch(allocator);
  }

  @TearDown(Level.Trial)
  public void close() {
    batch.close();
    allocator.close();
  }
}
