package dev.baton.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.engine.FittedPipeline;
import dev.baton.engine.PipelineException;
import dev.baton.operators.io.Tables;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The first byte of an input says what the rest is: a whole model file, or a part of a good one,
 * with the checksums made right, since no one guesses those.
 */
final class ModelTarget implements Target {
  private static final Path MODEL =
      Tables.example("..").resolve("../operators/src/test/resources/models/version1.baton");
  private static final String MANIFEST = "model.json";
  private static final int WHOLE = 255;

  private final Path file = Reading.file(".baton");
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, byte[]> parts = new LinkedHashMap<>();
  private final List<String> names;

  ModelTarget() {
    try (ZipFile zip = new ZipFile(MODEL.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    names = List.copyOf(parts.keySet());
  }

  @Override
  public List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(seed(WHOLE, Files.readAllBytes(MODEL)));
    for (int i = 0; i < names.size(); i++) {
      seeds.add(seed(i, parts.get(names.get(i))));
    }
    return seeds;
  }

  private static byte[] seed(int what, byte[] rest) {
    byte[] all = new byte[1 + rest.length];
    all[0] = (byte) what;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  @Override
  public int briefly() {
    return 1200;
  }

  @Override
  public void accept(byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    int what = Byte.toUnsignedInt(input[0]);
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    if (what == WHOLE) {
      Files.write(file, rest);
    } else {
      Map<String, byte[]> changed = new LinkedHashMap<>(parts);
      changed.put(names.get(what % names.size()), rest);
      pack(changed);
    }
    try {
      FittedPipeline read = FittedPipeline.load(file);
      read.save(file);
      if (!FittedPipeline.load(file).equals(read)) {
        throw new AssertionError("saved as another pipeline");
      }
    } catch (PipelineException e) {
      if (!e.getMessage().startsWith(file.toString())) {
        throw new AssertionError("an error without a place", e);
      }
    }
  }

  private void pack(Map<String, byte[]> all) throws Exception {
    sign(all);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> part : all.entrySet()) {
        CRC32 crc = new CRC32();
        crc.update(part.getValue());
        ZipEntry entry = new ZipEntry(part.getKey());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(part.getValue().length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(part.getValue());
      }
    }
  }

  /** Writes the parts' checksums into the manifest, if that is still one. */
  private void sign(Map<String, byte[]> all) throws Exception {
    JsonNode manifest;
    try {
      manifest = json.readTree(all.get(MANIFEST));
    } catch (IOException e) {
      // Neither is it JSON, nor even text.
      return;
    }
    if (manifest == null || !(manifest.path("files") instanceof ObjectNode files)) {
      return;
    }
    for (Map.Entry<String, byte[]> part : all.entrySet()) {
      if (!part.getKey().equals(MANIFEST)) {
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(part.getValue());
        files
            .putObject(part.getKey())
            .put("bytes", part.getValue().length)
            .put("sha256", HexFormat.of().formatHex(sum));
      }
    }
    all.put(MANIFEST, json.writeValueAsBytes(manifest));
  }
}
