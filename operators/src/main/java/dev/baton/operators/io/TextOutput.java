package dev.baton.operators.io;

import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.AtomicFile;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.OpenSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A text file being written: a head, then the text of every batch. */
public final class TextOutput implements OpenSink {
  private final AtomicFile file;

  private TextOutput(AtomicFile file) {
    this.file = file;
  }

  /** Starts a file with some text. */
  public static TextOutput open(Path path, byte[] head) throws IOException {
    return start(AtomicFile.create(path), path, head);
  }

  /** Starts one that can be resumed, or goes on with it; see {@code Sink.resume}. */
  public static TextOutput resume(Path path, byte[] head, Path part, byte[] state)
      throws IOException {
    return state == null
        ? start(AtomicFile.resume(path, part, 0), path, head)
        : new TextOutput(AtomicFile.resume(path, part, ByteBuffer.wrap(state).getLong()));
  }

  private static TextOutput start(AtomicFile file, Path path, byte[] head) throws IOException {
    try {
      if (head.length > 0) {
        file.write(ByteBuffer.wrap(PackedEncoder.pack(path, head)));
      }
      return new TextOutput(file);
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  @Override
  public void commit(Encoded encoded, KernelContext context) throws Exception {
    TextBytes text = (TextBytes) encoded;
    context.blocking(() -> file.write(text.buffer().nioBuffer(0, text.length())));
  }

  @Override
  public byte[] checkpoint() throws IOException {
    file.force();
    return ByteBuffer.allocate(Long.BYTES).putLong(file.bytes()).array();
  }

  @Override
  public void complete() throws IOException {
    file.complete();
  }

  @Override
  public void finish() throws IOException {
    file.finish();
  }

  @Override
  public long bytes() {
    return file.bytes();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
