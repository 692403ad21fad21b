package dev.baton.examples.peers;

import dev.baton.engine.batch.Memory;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * The floor under {@link Work#B_MEMORY}: as many bytes as its table has, copied and nothing else,
 * into memory fresh from the system, or into memory that was used before. Arguments: {@code
 * copy-fresh} or {@code copy-warm}, threads, runs, bytes.
 */
final class PlainCopy {
  private PlainCopy() {}

  public static void main(String[] args) throws Exception {
    boolean fresh = args[0].equals("copy-fresh");
    int threads = Integer.parseInt(args[1]);
    int runs = Integer.parseInt(args[2]);
    long bytes = Long.parseLong(args[3]);
    try (BufferAllocator allocator = new RootAllocator();
        ArrowBuf source = allocator.buffer(bytes)) {
      Memory.fill(source.memoryAddress(), bytes, (byte) 1);
      if (fresh) {
        Child.measure(
            runs,
            () -> {
              try (ArrowBuf target = allocator.buffer(bytes)) {
                copy(source, target, bytes, threads);
              }
            });
      } else {
        try (ArrowBuf target = allocator.buffer(bytes)) {
          Child.measure(runs, () -> copy(source, target, bytes, threads));
        }
      }
    }
  }

  private static void copy(ArrowBuf source, ArrowBuf target, long bytes, int threads)
      throws InterruptedException {
    List<Thread> copying = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      long first = bytes * i / threads;
      long length = bytes * (i + 1) / threads - first;
      Thread thread =
          new Thread(
              () ->
                  Memory.copy(
                      source.memoryAddress() + first, target.memoryAddress() + first, length));
      thread.start();
      copying.add(thread);
    }
    for (Thread thread : copying) {
      thread.join();
    }
  }
}
