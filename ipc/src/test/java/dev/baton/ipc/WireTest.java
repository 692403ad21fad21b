package dev.baton.ipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireTest {
  @Test
  void resultsArriveWithAllTheirFigures() throws IOException {
    List<Wire.Item> items = List.of(new Wire.Item(70, -1), new Wire.Item(0, 8));
    Wire.Figures sent = new Wire.Figures(1, 2, 3, 4, 5, new long[] {6, 7});
    Wire.Results arrived = (Wire.Results) Wire.of(new Wire.Results(items, sent).bytes());
    assertEquals(items, arrived.items());
    Wire.Figures figures = arrived.figures();
    assertEquals(1, figures.lockWaitNanos());
    assertEquals(2, figures.switches());
    assertEquals(3, figures.sendNanos());
    assertEquals(4, figures.gcNanos());
    assertEquals(5, figures.compileNanos());
    assertArrayEquals(sent.ledger(), figures.ledger());
  }
}
