package dev.baton.ipc.transport;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A slot goes back once: after the message and every buffer of it, whoever closes last. */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Once, after the body was let go.")
@Outcome(expect = FORBIDDEN, desc = "Twice, never, or with the body in use.")
@State
public class MessageRaces {
  private static final BufferAllocator ALLOCATOR = new RootAllocator();

  private int givenBack;
  private int bodyClosed;
  private int closedBefore;
  private final Message message =
      new Message(
          new byte[0],
          64,
          new Body() {
            @Override
            public long address() {
              return 64; // nobody looks there
            }

            @Override
            public void close() {
              bodyClosed++;
            }
          },
          () -> {
            givenBack++;
            closedBefore = bodyClosed;
          });
  private final ArrowBuf first = message.wrap(ALLOCATOR);
  private final ArrowBuf second = message.wrap(ALLOCATOR);

  @Actor
  public void messageAndFirst() {
    message.close();
    message.close();
    first.close();
  }

  @Actor
  public void second() {
    second.close();
  }

  @Arbiter
  public void total(II_Result r) {
    r.r1 = givenBack;
    r.r2 = closedBefore;
  }
}
