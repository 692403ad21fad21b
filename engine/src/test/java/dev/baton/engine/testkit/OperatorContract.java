package dev.baton.engine.testkit;

import static dev.baton.engine.testkit.Differences.assertSame;
import static dev.baton.engine.testkit.Differences.assertSameSchema;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.spec.RecordCodec;
import dev.baton.engine.testkit.RandomRows.Mix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every operator must do, as tests that a subclass inherits. It supplies the operator, the
 * columns it is given, and the expected result by a slow and obvious row-wise oracle; tests of the
 * operator's own rules and messages go into the subclass.
 */
public abstract class OperatorContract {
  /** Every buffer of a test comes from here; closing it is the leak test. */
  protected BufferAllocator allocator;

  protected Drive drive;

  /** The operator under test, the same for every call. */
  protected abstract Operator operator();

  /** Columns that reach it. The kit makes random values of them. */
  protected abstract Schema input();

  /**
   * The expected result, worked out row by row.
   *
   * @param seen all rows an estimator has been fitted on, in order; for a transform the same as
   *     {@code rows}
   * @param rows what is transformed
   */
  protected abstract Rows expected(Rows seen, Rows rows);

  /** The rows to test with; override when random values of any kind make no sense. */
  protected Rows rows(int count, long seed, Mix mix) {
    return RandomRows.of(input(), count, seed, mix);
  }

  /** The largest relative difference of floats to the oracle; 0 for the same bits. */
  protected double tolerance() {
    return 0;
  }

  /** The largest relative difference of floats after a fit in pieces; 0 for the same bits. */
  protected double splitTolerance() {
    return 0;
  }

  /** Whether these rows can be fitted and transformed; when not, doing so must be an error. */
  protected boolean accepts(Rows rows) {
    return true;
  }

  /** Whether the operator says that its result depends on how splits are cut into batches. */
  protected boolean batchesMatter() {
    return false;
  }

  /** Columns the user names, so that their absence is an error; by default those it reads. */
  protected Set<String> namedColumns() {
    return Drive.declared(operator(), input()).reads();
  }

  /** A type that the named columns must not have, or null when they may have any. */
  protected ArrowType wrongType() {
    return Types.BINARY;
  }

  /** Columns that the operator has no business with. */
  protected List<Field> bystanders() {
    return List.of(Types.field("zz_d", Types.FLOAT64), Types.field("zz_s", Types.UTF8));
  }

  @BeforeEach
  void open() {
    allocator = new RootAllocator();
    drive = new Drive(allocator);
  }

  @AfterEach
  void nothingLeaks() {
    allocator.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 63, 64, 65, 1000})
  void givesTheExpectedRows(int count) {
    check(rows(count, 100 + count, Mix.ALL), "of " + count + " rows");
    check(rows(count, 200 + count, Mix.NULLS), "without special values");
  }

  @ParameterizedTest
  @EnumSource(Mix.class)
  void givesTheExpectedRowsOfEveryMix(Mix mix) {
    for (int count : new int[] {1, 64, 129}) {
      check(rows(count, 300 + count, mix), mix + " of " + count + " rows");
    }
  }

  private void check(Rows rows, String what) {
    if (!accepts(rows)) {
      RuntimeException refused =
          assertThrows(RuntimeException.class, () -> drive.fitAndTransform(operator(), rows), what);
      assertTrue(refused.getMessage() != null, "a refusal says why");
      return;
    }
    assertSame(expected(rows, rows), drive.fitAndTransform(operator(), rows), tolerance(), what);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 9})
  void worksOnASliceOfALargerBatch(int offset) {
    Rows all = acceptable(200, 400 + offset, Mix.ALL);
    Rows part = all.slice(offset, offset + 130);
    Assumptions.assumeTrue(accepts(part));
    try (Batch whole = all.batch(allocator);
        Batch slice = whole.slice(offset, 130, allocator)) {
      Transform transform = drive.fit(operator(), slice);
      drive.apply(transform, all.schema(), slice);
      assertSame(expected(part, part), Rows.of(slice), tolerance(), "slice at " + offset);
      assertSame(all, Rows.of(whole), "the sliced batch");
    }
  }

  @Test
  void leavesABatchThatSharesItsMemoryUntouched() {
    Rows rows = acceptable(130, 500, Mix.ALL);
    Transform transform = drive.fit(operator(), rows.schema(), List.of(rows));
    try (Batch original = rows.batch(allocator);
        Batch shared = original.share(allocator)) {
      drive.apply(transform, rows.schema(), shared);
      assertSame(rows, Rows.of(original), "the original");
      assertSame(expected(rows, rows), Rows.of(shared), tolerance(), "the shared batch");
    }
  }

  @Test
  void textsOfADictionaryAreLikeOthers() {
    Rows rows = acceptable(130, 550, Mix.ALL);
    try (Batch seen = Dictionaries.batch(rows, allocator);
        Batch batch = Dictionaries.batch(rows, allocator)) {
      Transform transform = drive.fit(operator(), seen);
      assertSame(rows, Rows.of(seen), "the observed batch");
      drive.apply(transform, rows.schema(), batch);
      assertSame(expected(rows, rows), Rows.of(batch), tolerance(), "the batch");
    }
  }

  @Test
  void observingLeavesTheBatchUntouched() {
    Assumptions.assumeTrue(operator() instanceof Estimator);
    Rows rows = acceptable(130, 600, Mix.ALL);
    try (Batch batch = rows.batch(allocator)) {
      drive.fit(operator(), batch);
      assertSame(rows, Rows.of(batch), "the observed batch");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 63, 64, 65, 500})
  void fittingInPiecesGivesTheSameAsFittingTheWhole(int piece) {
    Assumptions.assumeTrue(operator() instanceof Estimator);
    for (Mix mix : new Mix[] {Mix.NULLS, Mix.ALL}) {
      Rows rows = acceptable(1000, 700 + piece, mix);
      List<Rows> pieces = new ArrayList<>();
      pieces.add(rows.slice(0, 0));
      for (int from = 0; from < rows.size(); from += piece) {
        pieces.add(rows.slice(from, Math.min(from + piece, rows.size())));
      }
      pieces.add(rows.slice(0, 0));
      Rows whole = drive.fitAndTransform(operator(), rows);
      Rows cut = fitAndTransform(pieces, rows);
      assertSame(whole, cut, splitTolerance(), "fit in pieces of " + piece + ", " + mix);
      assertSame(cut, fitAndTransform(pieces, rows), "the same pieces again");
    }
  }

  /** Fits on pieces, then transforms all rows at once, or these pieces when it must be them. */
  private Rows fitAndTransform(List<Rows> pieces, Rows rows) {
    Transform transform = drive.fit(operator(), rows.schema(), pieces);
    return learnsAnew(transform)
        ? drive.transformSplits(transform, rows.schema(), pieces.stream().map(List::of).toList())
        : drive.transform(transform, rows);
  }

  /** Whether the operator is an estimator that must learn from the very rows it transforms. */
  private boolean learnsAnew(Transform fitted) {
    return operator() instanceof Estimator<?> estimator
        && estimator.forOtherRows(fitted) instanceof Estimator;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 100})
  void splitsOfSeveralBatchesGiveTheSameAsTheWhole(int piece) {
    Rows rows = acceptable(400, 650 + piece, Mix.ALL);
    Rows whole = drive.fitAndTransform(operator(), rows);
    List<List<Rows>> splits = splits(rows, piece);
    Transform transform = drive.fitSplits(operator(), rows.schema(), splits);
    Assumptions.assumeTrue(learnsAnew(transform));
    Rows joined = drive.transformSplits(transform, rows.schema(), splits);
    assertSame(whole, joined, splitTolerance(), "batches of " + piece);
  }

  /** Splits of no, one, two, no, … batches, one of which is empty. */
  private static List<List<Rows>> splits(Rows rows, int piece) {
    List<List<Rows>> splits = new ArrayList<>();
    splits.add(List.of());
    splits.add(List.of(rows.slice(0, 0)));
    int batches = 0;
    List<Rows> split = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += piece) {
      split.add(rows.slice(from, Math.min(from + piece, rows.size())));
      if (split.size() > batches) {
        splits.add(split);
        split = new ArrayList<>();
        batches = (batches + 1) % 4;
        if (batches == 0) {
          splits.add(List.of());
        }
      }
    }
    splits.add(split);
    return splits;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 100})
  void cuttingTheBatchesDoesNotChangeTheResult(int piece) {
    Assumptions.assumeFalse(batchesMatter());
    Rows rows = acceptable(200, 800 + piece, Mix.ALL);
    List<Rows> batches = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += piece) {
      batches.add(rows.slice(from, Math.min(from + piece, rows.size())));
    }
    Transform whole = drive.fit(operator(), rows.schema(), List.of(rows));
    Transform cut =
        learnsAnew(whole) ? drive.fitSplits(operator(), rows.schema(), List.of(batches)) : whole;
    assertSame(
        drive.transform(whole, rows),
        drive.transformSplits(cut, rows.schema(), List.of(batches)),
        "in batches of " + piece);
  }

  @ParameterizedTest
  @EnumSource(Mix.class)
  void whatIsFilledAfterwardsIsAsIfItHadBeenThere(Mix mix) {
    Assumptions.assumeTrue(
        operator() instanceof Estimator<?> e
            && e.bind(new Binder(input(), true)).looksThroughFills());
    Estimator<?> estimator = (Estimator<?>) operator();
    Rows rows = acceptable(300, 1700, mix);
    Rows values = acceptable(300, 1800, Mix.TAME);
    Rows row = values.slice(0, 1).only(Set.of());
    Rows filled = rows;
    for (String name : Drive.declared(estimator, input()).reads()) {
      Field field = input().findField(name);
      Object value =
          values.column(name).stream().filter(x -> !isMissing(x)).findFirst().orElseThrow();
      row = row.with(field, List.of(value));
      filled = filled.with(field, name, x -> isMissing(x) ? value : x);
    }
    List<Rows> pieces = List.of(rows.slice(0, 0), rows.slice(0, 110), rows.slice(110, 300));
    Rows waited = drive.transform(drive.fit(estimator, filled.schema(), List.of(filled)), filled);
    Rows told = drive.transform(drive.fitAndFill(estimator, rows.schema(), pieces, row), filled);
    assertSame(waited, told, Math.max(tolerance(), splitTolerance()), mix.toString());
  }

  @ParameterizedTest
  @EnumSource(Mix.class)
  void whatItFillsIsOneValueAndNothingElseChanges(Mix mix) {
    Assumptions.assumeTrue(operator() instanceof Estimator);
    Set<String> fills = ((Estimator<?>) operator()).bind(new Binder(input(), true)).fills();
    Assumptions.assumeFalse(fills.isEmpty());
    Rows rows = acceptable(300, 1900, mix);
    Rows result = drive.fitAndTransform(operator(), rows);
    for (String name : fills) {
      Set<Object> put = new HashSet<>();
      for (int i = 0; i < rows.size() && result.names().contains(name); i++) {
        Object before = rows.get(i, name);
        Object after = result.get(i, name);
        if (isMissing(before)) {
          put.add(after);
        } else if (before instanceof Number number && after instanceof Double) {
          assertEquals(number.doubleValue(), after, name);
        } else {
          assertEquals(before, after, name);
        }
      }
      assertTrue(put.size() <= 1, name + " is filled with " + put);
    }
  }

  private static boolean isMissing(Object value) {
    return value == null
        || value instanceof Double x && Double.isNaN(x)
        || value instanceof Float y && Float.isNaN(y);
  }

  @Test
  void bindingTwiceDeclaresTheSame() {
    Drive.Declared first = Drive.declared(operator(), input());
    assertEquals(first, Drive.declared(operator(), input()));
    assertEquals(operator(), operator(), "operators are records of their parameters");
    assertTrue(operator().getClass().isRecord(), "an operator is a record");
  }

  @Test
  void theBatchHasTheDeclaredColumns() {
    Rows rows = acceptable(65, 900, Mix.NULLS);
    Drive.Declared declared = Drive.declared(operator(), rows.schema());
    Transform transform = drive.fit(operator(), rows.schema(), List.of(rows));
    Drive.Declared fitted = Drive.declared(transform, rows.schema());
    try (Batch batch = rows.batch(allocator)) {
      drive.apply(transform, rows.schema(), batch);
      assertSameSchema(fitted.output(), batch.schema(), "what the transform leaves behind");
      assertTrue(fitted.changesRows() || batch.rows() == rows.size(), "undeclared change of rows");
    }
    if (declared.outputKnown()) {
      List<Field> wanted = new ArrayList<>(declared.output().getFields());
      wanted.removeIf(field -> mayGo(field.getName(), declared, fitted));
      assertSameSchema(new Schema(wanted), fitted.output(), "estimator and its transform");
    }
    assertTrue(declared.reads().containsAll(fitted.reads()), "the transform reads more than said");
  }

  private static List<String> columns(Schema schema) {
    return schema.getFields().stream().map(Field::getName).toList();
  }

  /** Whether the fitted transform drops a column that the estimator said it writes or drops. */
  private static boolean mayGo(String column, Drive.Declared declared, Drive.Declared fitted) {
    return declared.writes().contains(column)
        && fitted.writes().contains(column)
        && !columns(fitted.output()).contains(column);
  }

  @Test
  void needsOnlyTheColumnsItSaysItReads() {
    Rows rows = withBystanders(acceptable(65, 1000, Mix.NULLS));
    Schema schema = rows.schema();
    Transform transform = drive.fit(operator(), schema, List.of(rows));
    Rows whole = drive.transform(transform, rows);

    Set<String> reads = Drive.declared(operator(), schema).reads();
    Transform fromFewer = drive.fit(operator(), schema, List.of(rows.only(reads)));
    assertSame(whole, drive.transform(fromFewer, rows), "fitted on only the columns read");

    Drive.Declared declared = Drive.declared(transform, schema);
    try (Batch batch = rows.batch(allocator)) {
      batch.retain(new ArrayList<>(new TreeSet<>(declared.reads())));
      drive.apply(transform, schema, batch);
      assertEquals(whole.size(), batch.rows(), "rows with only the columns read");
      Set<String> wanted = new TreeSet<>(declared.writes());
      wanted.addAll(batch.names());
      wanted.retainAll(whole.names());
      assertTrue(
          batch.names().containsAll(wanted), "wanted " + wanted + " but got " + batch.names());
      Rows pruned = Rows.of(batch);
      for (String name : pruned.names()) {
        assertTrue(whole.names().contains(name), "'" + name + "' is not in the whole result");
        assertSame(
            whole.only(Set.of(name)), pruned.only(Set.of(name)), "with only the columns read");
      }
    }
  }

  @Test
  void leavesColumnsItDoesNotWriteWhereTheyAre() {
    Rows rows = withBystanders(acceptable(65, 1100, Mix.NULLS));
    Transform transform = drive.fit(operator(), rows.schema(), List.of(rows));
    Drive.Declared declared = Drive.declared(transform, rows.schema());
    try (Batch batch = rows.batch(allocator)) {
      List<FieldVector> before = new ArrayList<>();
      for (int i = 0; i < batch.width(); i++) {
        if (!declared.writes().contains(batch.column(i).getName())) {
          before.add(batch.column(i));
        }
      }
      drive.apply(transform, rows.schema(), batch);
      for (FieldVector column : before) {
        assertTrue(batch.has(column.getName()), "'" + column.getName() + "' is gone");
        if (!declared.changesRows()) {
          assertTrue(batch.column(column.getName()) == column, column.getName() + " was replaced");
          Set<String> name = Set.of(column.getName());
          assertSame(rows.only(name), Rows.of(batch).only(name), "a column not written");
        }
      }
    }
  }

  private Rows withBystanders(Rows rows) {
    Rows more = RandomRows.of(new Schema(bystanders()), rows.size(), 7, Mix.ALL);
    Rows both = rows;
    for (Field field : bystanders()) {
      both = both.with(field, more.column(field.getName()));
    }
    return both;
  }

  @Test
  void aMissingColumnIsAnErrorNamingTheNearest() {
    for (String name : namedColumns()) {
      List<Field> fields = new ArrayList<>(input().getFields());
      Field field = input().findField(name);
      Field misspelt = new Field(name + "_", field.getFieldType(), field.getChildren());
      fields.set(fields.indexOf(field), misspelt);
      BindException e =
          assertThrows(
              BindException.class, () -> Drive.declared(operator(), new Schema(fields)), name);
      assertTrue(e.getMessage().contains("'" + name + "'"), e.getMessage());
      assertTrue(e.getMessage().contains("did you mean '" + name + "_'?"), e.getMessage());
    }
  }

  @Test
  void aColumnOfTheWrongTypeIsAnErrorNamingIt() {
    Assumptions.assumeTrue(wrongType() != null);
    for (String name : namedColumns()) {
      List<Field> fields = new ArrayList<>(input().getFields());
      fields.set(fields.indexOf(input().findField(name)), Types.field(name, wrongType()));
      BindException e =
          assertThrows(
              BindException.class, () -> Drive.declared(operator(), new Schema(fields)), name);
      assertTrue(e.getMessage().contains("'" + name + "'"), e.getMessage());
      assertTrue(e.getMessage().contains(Types.name(wrongType())), e.getMessage());
    }
  }

  @Test
  void runningOutOfMemoryAnywhereLeaksNothing() {
    Rows rows = acceptable(300, 1200, Mix.ALL);
    Transform transform = drive.fit(operator(), rows.schema(), List.of(rows));
    for (long limit = 0; !fits(transform, rows, limit); limit = limit * 5 / 4 + 64) {
      assertTrue(limit < 1L << 30, "never enough memory");
    }
  }

  private boolean fits(Transform transform, Rows rows, long limit) {
    try (Batch original = rows.batch(allocator)) {
      try (BufferAllocator worker = allocator.newChildAllocator("worker", 0, limit);
          Batch batch = original.share(allocator)) {
        Drive.apply(transform, rows.schema(), batch, worker);
        return true;
      } catch (OutOfMemoryException e) {
        assertSame(rows, Rows.of(original), "the original after a failure");
        return false;
      }
    }
  }

  @Test
  void anyModeAndLockPolicyGivesTheSameBitsAsInline() {
    Rows rows = acceptable(300, 1300, Mix.ALL);
    Schema schema = rows.schema();
    Transform fitted = drive.fit(operator(), schema, List.of(rows));
    List<List<Batch>> splits =
        splits(rows, 37).stream()
            .map(split -> split.stream().map(part -> part.batch(allocator)).toList())
            .toList();
    List<Batch> batches = splits.stream().flatMap(List::stream).toList();
    try (Engine engine = Engine.open(allocator)) {
      Pipeline pipeline = Pipeline.read(new SplitSource(schema, splits)).then(operator());
      MemorySink inline = new MemorySink();
      RunReport first = engine.run(pipeline.write(inline), Variants.baseline());
      if (learnsAnew(fitted)) {
        assertSame(drive.transform(fitted, rows), inline.rows(), splitTolerance(), "inline");
      }
      for (RunOptions options : Variants.all()) {
        MemorySink other = new MemorySink();
        RunReport report = engine.run(pipeline.write(other), options);
        String what = options.mode() + " under " + options.lock();
        assertSame(inline.rows(), other.rows(), what);
        assertEquals(first.digest(), report.digest(), what);
      }
      assertSame(rows, joined(batches), "the source");
    } finally {
      batches.forEach(Batch::close);
    }
  }

  /** Runs only where worker processes are on the class path: in the module of the examples. */
  @Test
  @Tag("worker-processes")
  void workerProcessesGiveTheSameBitsAsInline() {
    Assumptions.assumeTrue(travels());
    Rows rows = acceptable(300, 1350, Mix.ALL);
    Engine engine = WarmEngine.get();
    long before = engine.allocator().getAllocatedMemory();
    List<List<Batch>> splits =
        splits(rows, 37).stream()
            .map(split -> split.stream().map(part -> part.batch(engine.allocator())).toList())
            .toList();
    try {
      Pipeline pipeline = Pipeline.read(new SplitSource(rows.schema(), splits)).then(operator());
      RunReport inline = engine.run(pipeline, Variants.baseline());
      for (RunOptions options : Variants.processes()) {
        RunReport report = engine.run(pipeline, options);
        assertEquals(inline.schema(), report.schema(), options.toString());
        assertEquals(inline.digest(), report.digest(), options.toString());
      }
    } finally {
      splits.forEach(split -> split.forEach(Batch::close));
    }
    assertEquals(before, engine.allocator().getAllocatedMemory(), "memory that is left");
  }

  /** Whether the operator can be sent to another process; functions cannot. */
  protected boolean travels() {
    return true;
  }

  @Test
  void operatorAndFittedTransformAreTheSameInAnotherProcess() {
    Assumptions.assumeTrue(travels());
    Rows rows = acceptable(130, 1400, Mix.ALL);
    Operator received = RecordCodec.read(RecordCodec.write(operator()), Operator.class);
    assertEquals(operator(), received, "the operator");
    Transform fitted = drive.fit(received, rows.schema(), List.of(rows));
    Transform sent = RecordCodec.read(RecordCodec.write(fitted), Transform.class);
    assertEquals(fitted, sent, "the fitted transform");
    Rows expected = drive.fitAndTransform(operator(), rows);
    assertSame(expected, drive.transform(sent, rows), "what it does");
  }

  @Test
  void aStateIsTheSameInAnotherProcess() {
    if (!(operator() instanceof Estimator<?> estimator)) {
      return;
    }
    for (int count : new int[] {0, 1, 300}) {
      for (Mix mix : new Mix[] {Mix.ALL, Mix.ONLY_NULLS}) {
        Rows first = rows(count, 1500 + count, mix);
        Rows second = acceptable(200, 1600 + count, Mix.ALL);
        if (accepts(first.plus(second)) && (count == 0 || accepts(first))) {
          Rows all = first.plus(second);
          List<List<Rows>> splits = List.of(List.of(first), List.of(second));
          Transform stayed = drive.fitSplits(estimator, all.schema(), splits);
          Transform sent = drive.fitThroughMessages(estimator, all.schema(), first, second);
          assertSame(
              drive.transformSplits(stayed, all.schema(), splits),
              drive.transformSplits(sent, all.schema(), splits),
              "states of " + count + " " + mix);
        }
      }
    }
  }

  private static Rows joined(List<Batch> batches) {
    Rows joined = Rows.of(batches.get(0));
    for (Batch batch : batches.subList(1, batches.size())) {
      joined = joined.plus(Rows.of(batch));
    }
    return joined;
  }

  /** Rows that the operator accepts, from {@code seed} or one after it. */
  protected final Rows acceptable(int count, long seed, Mix mix) {
    for (long i = 0; i < 1000; i++) {
      Rows rows = rows(count, seed + 10_007 * i, mix);
      if (accepts(rows)) {
        return rows;
      }
    }
    throw new IllegalStateException("no acceptable rows of " + mix + " found");
  }
}
