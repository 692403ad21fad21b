package dev.baton.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.ExecutionMode.Ship;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.Source;
import dev.baton.operators.combine.RowNumber;
import dev.baton.operators.io.Tables;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.io.jdbc.JdbcSink;
import dev.baton.operators.io.jdbc.JdbcSource;
import dev.baton.operators.scale.StandardScaler;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Worker processes read ranges of a table over connections of their own, and fill another. */
@Tag("process")
@Timeout(300)
class JdbcProcessesTest {
  @TempDir Path folder;

  @Test
  void tablesAreReadAndWrittenAsInOneProcess() throws SQLException {
    String url = "jdbc:h2:" + folder.resolve("db") + ";AUTO_SERVER=TRUE";
    RunOptions inline = RunOptions.defaults().withMode(ExecutionMode.inline()).withDigest();
    // The process that has the file open serves the others.
    try (Connection open = DriverManager.getConnection(url);
        Engine engine = Engine.open()) {
      assertFalse(open.isClosed());
      Source data = new CsvSource(Tables.example("birdstrikes.csv")).withSplitBytes(200_000);
      Pipeline numbered = Pipeline.read(data).then(new RowNumber("id"));
      Object digest = engine.run(numbered, inline).digest();
      RunOptions splits = inline.withMode(ExecutionMode.processes(2).withShip(Ship.SPLITS));
      engine.run(numbered.write(new JdbcSink(url, "birds").withCreate()), splits);
      JdbcSource table = new JdbcSource(url, "birds").withPartitions("id", 7);
      assertEquals(digest, engine.run(Pipeline.read(table), inline).digest());

      Pipeline scaled = Pipeline.read(table).then(new StandardScaler(Columns.of("id")));
      Object expected = engine.run(scaled, inline).digest();
      for (Ship ship : new Ship[] {Ship.SPLITS, Ship.DATA}) {
        RunOptions processes = inline.withMode(ExecutionMode.processes(2).withShip(ship));
        Pipeline copy = scaled.write(new JdbcSink(url, "copy_" + ship).withCreate());
        assertEquals(expected, engine.run(copy, processes).digest());
        Source copied = new JdbcSource(url, "copy_" + ship).withOrder("id");
        assertEquals(expected, engine.run(Pipeline.read(copied), inline).digest());
      }
    }
  }
}
