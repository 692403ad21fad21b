package dev.baton.ipc;

import dev.baton.ipc.transport.Message;
import dev.baton.ipc.transport.Recording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** The recorded answers of a worker, one by one however they shared messages. */
final class Answers implements AutoCloseable {
  private final Recording recording;
  private byte[] expected;
  private boolean ended;
  private long compared;
  private String difference;
  private final List<byte[]> waiting = new ArrayList<>();

  Answers(Recording recording) throws IOException {
    this.recording = recording;
    advance();
  }

  boolean goesOn() {
    return !ended && difference == null;
  }

  long compared() {
    return compared;
  }

  String difference() {
    return difference;
  }

  void compare(Message message, BufferAllocator allocator) throws IOException {
    if (message == null) {
      return;
    }
    try (message;
        ArrowBuf payload = message.wrap(allocator)) {
      byte[] bytes = new byte[Math.toIntExact(payload.capacity())];
      payload.getBytes(0, bytes);
      for (byte[] answer : answers(message.header(), bytes)) {
        if (goesOn()) {
          compare(answer);
        }
      }
    }
  }

  private void compare(byte[] answer) throws IOException {
    int at = Arrays.mismatch(expected, answer);
    if (at >= 0) {
      difference = "answer " + compared + " differs from byte " + at + " on";
      return;
    }
    compared++;
    advance();
  }

  private void advance() throws IOException {
    while (waiting.isEmpty()) {
      Recording.Crossed next = recording.next();
      if (next == null) {
        ended = true;
        return;
      }
      waiting.addAll(answers(next.header(), next.payload()));
    }
    expected = waiting.remove(0);
  }

  /** What a message answers: results, and how splits and plans ended; figures are left out. */
  private static List<byte[]> answers(byte[] header, byte[] payload) throws IOException {
    Wire said = Wire.of(header);
    if (said instanceof Wire.Ready || said instanceof Wire.Beat) {
      return List.of();
    }
    if (said instanceof Wire.Failed failed) {
      return List.of(text("failed " + failed.type() + " " + failed.message()));
    }
    if (!(said instanceof Wire.Results results)) {
      return List.of(text(said.toString()));
    }
    List<byte[]> answers = new ArrayList<>();
    int at = 0;
    for (Wire.Item item : results.items()) {
      int end = at + (int) item.bytes();
      answers.add(item.isEnd() ? text("end") : Arrays.copyOfRange(payload, at, end));
      at += (int) Wire.Results.aligned(item.bytes());
    }
    return answers;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    recording.close();
  }
}
