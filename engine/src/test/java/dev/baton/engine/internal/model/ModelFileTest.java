package dev.baton.engine.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.FittedPipeline;
import dev.baton.engine.FittedStage;
import dev.baton.engine.PipelineException;
import dev.baton.engine.TrainingRound;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.operator.SavedState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.TestOperators.Add;
import dev.baton.engine.testkit.TestOperators.Calling;
import dev.baton.engine.testkit.TestOperators.Centre;
import dev.baton.engine.testkit.TestOperators.Shift;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of model files that are not what a Baton of now has written. */
class ModelFileTest {
  private static final Schema SCHEMA = Rows.schema("x", Types.FLOAT64);

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("model.baton");
  }

  private static FittedPipeline fitted() {
    SavedState state = SavedState.of(new Numbers());
    return new FittedPipeline(
        SCHEMA,
        List.of(
            new FittedStage(new Add("x", 1), new Add("x", 1), null, List.of(), null),
            new FittedStage(
                new Centre(Columns.of("x")),
                new Shift(List.of("x"), List.of(2.5)),
                state,
                SCHEMA.getFields(),
                null)),
        null,
        List.of(new TrainingRound(Instant.EPOCH, "memory-source", 3, Engine.version())));
  }

  /** Writes three arrays. */
  private static final class Numbers implements dev.baton.engine.operator.FitState<Numbers> {
    @Override
    public void observe(dev.baton.engine.batch.Batch batch) {}

    @Override
    public void merge(Numbers later) {}

    @Override
    public void write(StateWriter out) {
      out.doubles(1.5, Double.NaN, -0.0);
      out.longs();
      out.bytes("abc".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void read(StateReader in) {}
  }

  private PipelineException refusal() {
    return assertThrows(PipelineException.class, () -> FittedPipeline.load(file()));
  }

  @Test
  void aFlippedByteIsAnErrorOrChangesNothing() throws IOException {
    fitted().save(file());
    byte[] good = Files.readAllBytes(file());
    int refused = 0;
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x55;
      Files.write(file(), bad);
      try {
        assertEquals(fitted(), FittedPipeline.load(file()), "flipped byte " + i);
      } catch (PipelineException e) {
        refused++;
        assertTrue(e.getMessage().startsWith(file().toString()), e.getMessage());
        assertTrue(e.getMessage().contains("again"), "a remedy: " + e.getMessage());
      }
    }
    assertTrue(refused > good.length / 2, refused + " of " + good.length);
  }

  @Test
  void aFileThatIsCutOffSaysSo() throws IOException {
    fitted().save(file());
    byte[] good = Files.readAllBytes(file());
    for (int length = 0; length < good.length; length++) {
      Files.write(file(), java.util.Arrays.copyOf(good, length));
      PipelineException e = refusal();
      assertTrue(
          e.getMessage().contains(": no model file, or cut off (")
              && e.getMessage().contains("copy it again"),
          length + " bytes: " + e.getMessage());
    }
  }

  @Test
  void aFileOfALaterVersionSaysWhichBatonReadsIt() throws IOException {
    fitted().save(file());
    rewrite(
        Manifest.NAME,
        text ->
            text.replaceFirst("\"version\" : 1", "\"version\" : 7")
                .replaceFirst("\"baton\" : \"[^\"]*\"", "\"baton\" : \"9.1\""));
    assertEquals(
        file()
            + ": written by Baton 9.1 in version 7 of the format, but this is Baton "
            + Engine.version()
            + ", which reads up to version 1; use Baton 9.1 or later, or fit again with this one",
        refusal().getMessage());
  }

  @Test
  void anArrayThatClaimsMoreThanThereIsAllocatesNothing() throws IOException {
    fitted().save(file());
    ByteBuffer claim = ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN);
    claim.put((byte) 'D').putLong(1L << 31);
    replace("stages/2/state", claim.array());
    assertEquals(
        file()
            + ": damaged: a state has an array of 2147483648 elements in 0 bytes; copy it again, or"
            + " save it again",
        refusal().getMessage());
  }

  @Test
  void aTextThatClaimsMoreThanThereIsAllocatesNothing() throws IOException {
    fitted().save(file());
    replace("stages/1/operator", new byte[] {0, 2, 0x7f, -1, -1, -1});
    assertTrue(
        refusal()
            .getMessage()
            .contains("stage 1 (" + Add.class.getName() + ") cannot be built: not the bytes"),
        refusal().getMessage());
  }

  @Test
  void listsNestedWithoutEndAreRefused() throws IOException {
    fitted().save(file());
    byte[] deep = new byte[5 * 100_000];
    for (int i = 0; i < deep.length; i += 5) {
      deep[i] = 1;
      deep[i + 4] = 1;
    }
    replace("stages/1/operator", deep);
    assertTrue(refusal().getMessage().contains("nested more than 200 deep"));
  }

  @Test
  void anOperatorThatIsNotOnTheClassPathIsNamed() throws IOException {
    fitted().save(file());
    byte[] operator = part("stages/1/operator");
    String renamed =
        new String(operator, StandardCharsets.ISO_8859_1).replace("testkit", "testkat");
    replace("stages/1/operator", renamed.getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        file()
            + ": stage 1 ("
            + Add.class.getName()
            + ") cannot be built: a class is not on the class path: "
            + Add.class.getName().replace("testkit", "testkat")
            + "; put the jar that has it on the class path, in the version the file was written"
            + " with",
        refusal().getMessage());
  }

  @Test
  void somethingElseIsNoModel() throws IOException {
    assertEquals(file() + ": no such file", refusal().getMessage());
    Files.writeString(file(), "a,b\n1,2\n");
    assertTrue(refusal().getMessage().startsWith(file() + ": no model file, or cut off ("));
  }

  @Test
  void aFunctionCannotBeSaved() throws IOException {
    Calling function = new Calling(Nature.ROW, (batch, context) -> {});
    FittedPipeline inJava =
        new FittedPipeline(
            SCHEMA,
            List.of(new FittedStage(function, function, null, List.of(), null)),
            null,
            List.of());
    PipelineException e = assertThrows(PipelineException.class, () -> inJava.save(file()));
    assertTrue(e.getMessage().startsWith("stage 1 (Calling): cannot be saved: "), e.getMessage());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void theManifestReadsWell() throws IOException {
    fitted().save(file());
    String manifest = new String(part(Manifest.NAME), StandardCharsets.UTF_8);
    for (String expected :
        List.of(
            "\"format\" : \"baton-model\"",
            "\"operator\" : \"centre: {columns: [x]}\"",
            "\"learned\" : \"shift: {names: [x], amounts: [2.5]}\"",
            "\"date\" : \"1970-01-01T00:00:00Z\"",
            "\"rows\" : 3")) {
      assertTrue(manifest.contains(expected), expected + " in " + manifest);
    }
  }

  private byte[] part(String name) throws IOException {
    try (ZipFile zip = new ZipFile(file().toFile())) {
      return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    }
  }

  /** Replaces a part as one would who knows the format: with the right checksum. */
  private void replace(String name, byte[] body) throws IOException {
    String old = HexFormat.of().formatHex(Checksum.sha256().digest(part(name)));
    String now = HexFormat.of().formatHex(Checksum.sha256().digest(body));
    rewrite(name, text -> new String(body, StandardCharsets.ISO_8859_1));
    rewrite(Manifest.NAME, text -> text.replace(old, now));
  }

  private void rewrite(String name, UnaryOperator<String> change) throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file().toFile())) {
      for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
        parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    parts.computeIfPresent(
        name,
        (key, bytes) ->
            change
                .apply(new String(bytes, StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1));
    try (OutputStream out = Files.newOutputStream(file());
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        ZipEntry entry = new ZipEntry(part.getKey());
        CRC32 crc = new CRC32();
        crc.update(part.getValue());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(part.getValue().length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(part.getValue());
        zip.closeEntry();
      }
    }
  }
}
