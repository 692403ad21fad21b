package dev.baton.engine.batch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIJ_Result;

/** The last holder releases the texts, once, and nobody reads what has been released. */
@JCStressTest
@Outcome(id = "120, 120, 0", expect = ACCEPTABLE, desc = "Read by both, then released.")
@Outcome(expect = FORBIDDEN, desc = "Released too early, twice or never.")
@State
public class TextDictionaryRaces {
  /** One for all states: making one takes long. */
  private static final RootAllocator ROOT = new RootAllocator();

  private final BufferAllocator allocator = ROOT.newChildAllocator("race", 0, Long.MAX_VALUE);
  private final TextDictionary first;
  private final TextDictionary second;

  public TextDictionaryRaces() {
    VarCharVector texts = new VarCharVector("texts", allocator);
    texts.allocateNew(1, 1);
    texts.set(0, new byte[] {'x'});
    texts.setValueCount(1);
    first = new TextDictionary(texts);
    second = first.retain();
  }

  /** The text, read before it is let go. */
  private static int readAndClose(TextDictionary dictionary) {
    int text = Memory.getByte(dictionary.texts().getDataBuffer().memoryAddress());
    dictionary.close();
    return text;
  }

  @Actor
  public void first(IIJ_Result r) {
    r.r1 = readAndClose(first);
  }

  /** Hands it on before it lets go, as a batch that is divided does. */
  @Actor
  public void second(IIJ_Result r) {
    TextDictionary part = second.retain();
    second.close();
    r.r2 = readAndClose(part);
  }

  @Arbiter
  public void left(IIJ_Result r) {
    r.r3 = allocator.getAllocatedMemory();
    allocator.close();
  }
}
