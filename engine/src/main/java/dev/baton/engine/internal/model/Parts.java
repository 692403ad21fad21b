package dev.baton.engine.internal.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The parts of a model file. Each is stored as it is and together they are no longer than the file,
 * so nothing in it can make a reader allocate more than that.
 */
final class Parts implements AutoCloseable {
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private final ZipFile zip;

  Parts(Path file) throws IOException {
    zip = new ZipFile(file.toFile());
    try {
      checkSizes(Files.size(file));
    } catch (Throwable e) {
      zip.close();
      throw e;
    }
  }

  private void checkSizes(long most) throws IOException {
    long left = most;
    Set<String> names = new HashSet<>();
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      if (!names.add(entry.getName())) {
        throw new IOException("'" + entry.getName() + "' is there twice");
      }
      if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
        throw new IOException(
            "'" + entry.getName() + "' is compressed, which no Baton does; pack it with 'zip -0'");
      }
      left -= Math.max(0, entry.getSize());
      if (left < 0) {
        throw new IOException("'" + entry.getName() + "' claims to be longer than the file");
      }
    }
  }

  boolean has(String name) {
    return zip.getEntry(name) != null;
  }

  long size(String name) {
    return zip.getEntry(name).getSize();
  }

  InputStream open(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("'" + name + "' is missing");
    }
    return zip.getInputStream(entry);
  }

  byte[] bytes(String name) throws IOException {
    try (InputStream in = open(name)) {
      if (size(name) > MOST_BYTES) {
        throw new IOException("'" + name + "' is too long");
      }
      byte[] bytes = in.readNBytes((int) size(name));
      if (bytes.length < size(name)) {
        throw new EOFException("'" + name + "' is cut off");
      }
      return bytes;
    }
  }

  /** The manifest, which the checksum of the archive vouches for. */
  byte[] checkedManifest() throws IOException {
    try (CheckedInputStream in = new CheckedInputStream(open(Manifest.NAME), new CRC32())) {
      in.transferTo(OutputStream.nullOutputStream());
      if (in.getChecksum().getValue() != zip.getEntry(Manifest.NAME).getCrc()) {
        throw new IOException("'" + Manifest.NAME + "' is not what was written");
      }
    }
    return bytes(Manifest.NAME);
  }

  /** Checks every part that the manifest lists, and that there are no others. */
  void check(JsonNode files) throws IOException {
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      String name = all.nextElement().getName();
      if (!name.equals(Manifest.NAME) && !files.has(name)) {
        throw new IOException("'" + name + "' does not belong there");
      }
    }
    for (var names = files.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      try (DigestInputStream in = new DigestInputStream(open(name), Checksum.sha256())) {
        in.transferTo(OutputStream.nullOutputStream());
        String found = HexFormat.of().formatHex(in.getMessageDigest().digest());
        if (!found.equals(files.path(name).path("sha256").asText())) {
          throw new IOException("'" + name + "' is not what was written: its checksum differs");
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
