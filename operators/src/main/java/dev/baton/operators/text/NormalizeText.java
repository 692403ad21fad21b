package dev.baton.operators.text;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Strings;
import dev.baton.operators.internal.TextBuilder;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Brings texts, in place, into one form: Unicode form, case, accents and blanks, in this order; a
 * text that case or accents changed is brought into the Unicode form again. Null stays null.
 *
 * <p>Cost: linear in the text; plain ASCII without a string per value.
 *
 * <p>Source: Unicode Standard Annex 15 (forms); section 5.18 of the Unicode Standard (case
 * folding).
 *
 * <p>Like: scikit-learn CountVectorizer (its lowercase and strip_accents).
 *
 * @param columns text columns
 * @param form {@code nfc} (the default), {@code nfd}, {@code nfkc}, {@code nfkd} or {@code keep}
 * @param letters {@code keep} (the default), {@code lower} (lower case by Unicode's rules without a
 *     language) or {@code fold} (full case folding, so that texts become equal that differ only in
 *     case: {@code ß} becomes {@code ss})
 * @param accents {@code keep} (the default); {@code unicode}: decompose (NFKD) and leave combining
 *     characters out; {@code ascii}: decompose and leave all outside ASCII out, as scikit-learn's
 *     strip_accents
 * @param blanks {@code keep} (the default), {@code trim} (none at either end) or {@code collapse}
 *     (nor more than one space in a row within; every kind of blank becomes a space)
 */
public record NormalizeText(
    Columns columns, Form form, Letters letters, Accents accents, Blanks blanks)
    implements Transform {

  /** A Unicode normalisation form. */
  public enum Form {
    KEEP(null),
    NFC(Normalizer.Form.NFC),
    NFD(Normalizer.Form.NFD),
    NFKC(Normalizer.Form.NFKC),
    NFKD(Normalizer.Form.NFKD);

    private final Normalizer.Form form;

    Form(Normalizer.Form form) {
      this.form = form;
    }

    private String of(String text) {
      return form == null ? text : Normalizer.normalize(text, form);
    }
  }

  /** What becomes of capital letters. */
  public enum Letters {
    KEEP,
    LOWER,
    FOLD
  }

  /** What becomes of white space. */
  public enum Blanks {
    KEEP,
    TRIM,
    COLLAPSE
  }

  public NormalizeText {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(letters, "letters");
    Objects.requireNonNull(accents, "accents");
    Objects.requireNonNull(blanks, "blanks");
  }

  /** NFC and nothing else. */
  public NormalizeText(Columns columns) {
    this(columns, Form.NFC, Letters.KEEP, Accents.KEEP, Blanks.KEEP);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = binder.read(columns, TypeFamily.TEXT);
    List<String> names = fields.stream().map(Field::getName).toList();
    names.forEach(name -> binder.put(Types.field(name, Types.UTF8)));
    return binder.transform(context -> kernel(names, context));
  }

  private Kernel kernel(List<String> names, KernelContext context) {
    return batch -> names.forEach(name -> apply(batch, name, context));
  }

  private void apply(Batch batch, String name, KernelContext context) {
    FieldVector source = batch.column(name);
    long validity = Validity.address(source);
    long offsets = Vectors.offsets(source);
    long data = Vectors.data(source);
    int rows = batch.rows();
    long bytes = rows == 0 ? 0 : Memory.getInt(offsets + 4L * rows) - Memory.getInt(offsets);
    try (TextBuilder texts = new TextBuilder(name, rows, bytes, context.allocator())) {
      for (int row = 0; row < rows; row++) {
        if (!Validity.isSet(validity, row)) {
          texts.appendNull();
          continue;
        }
        int start = Memory.getInt(offsets + 4L * row);
        int length = Memory.getInt(offsets + 4L * row + 4) - start;
        if (Characters.isAscii(data + start, length)) {
          texts.appendTo(ascii(data + start, length, texts.room(length)));
        } else {
          texts.append(normalize(Strings.of(data + start, length)));
        }
        if ((row & 63) == 63) {
          context.checkpoint();
        }
      }
      batch.put(texts.finish());
    }
  }

  private long ascii(long from, int length, long to) {
    long at = to;
    byte[] lower = Characters.lowerCase();
    boolean keepCase = letters == Letters.KEEP;
    boolean collapse = blanks == Blanks.COLLAPSE;
    for (int i = 0; i < length; i++) {
      byte letter = Memory.getByte(from + i);
      if (blanks != Blanks.KEEP && Characters.isBlank(letter)) {
        if (at == to || collapse && Memory.getByte(at - 1) == ' ') {
          continue;
        }
        letter = collapse ? (byte) ' ' : letter;
      }
      Memory.putByte(at++, keepCase ? letter : lower[letter]);
    }
    while (blanks != Blanks.KEEP && at > to && Characters.isBlank(Memory.getByte(at - 1))) {
      at--;
    }
    return at;
  }

  private String normalize(String text) {
    String formed = form.of(text);
    String cased =
        switch (letters) {
          case KEEP -> formed;
          case LOWER -> formed.toLowerCase(Locale.ROOT);
          case FOLD -> CaseFold.fold(formed);
        };
    String plain = form.of(accents.strip(cased));
    return blanks == Blanks.KEEP ? plain : parted(plain);
  }

  private String parted(String text) {
    StringBuilder parted = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (Characters.isBlank(letter)) {
        if (parted.isEmpty()
            || blanks == Blanks.COLLAPSE && parted.charAt(parted.length() - 1) == ' ') {
          continue;
        }
        letter = blanks == Blanks.COLLAPSE ? ' ' : letter;
      }
      parted.append(letter);
    }
    int end = parted.length();
    while (end > 0 && Characters.isBlank(parted.charAt(end - 1))) {
      end--;
    }
    return parted.substring(0, end);
  }
}
