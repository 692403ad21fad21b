package dev.baton.engine.spec.index;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Types;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Lists every public record of the compilation that is an operator, a source or a sink in {@value
 * IndexFile#PATH}, with its Javadoc. The compiler finds it by itself in the Baton jar (from JDK 23
 * on with {@code -proc:full}).
 *
 * <p>A compilation of only some files, as an IDE does it, keeps the entries of the others: an entry
 * goes only when its class is gone or is no such record any more.
 */
public final class IndexProcessor extends AbstractProcessor {
  private final Map<String, IndexEntry> entries = new TreeMap<>();
  private final Set<String> compiled = new HashSet<>();

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of("*");
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latest();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    round.getRootElements().forEach(this::collect);
    if (round.processingOver() && !round.errorRaised()) {
      try {
        write();
      } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
        processingEnv
            .getMessager()
            .printMessage(Diagnostic.Kind.ERROR, "cannot write " + IndexFile.PATH + ": " + e);
      }
    }
    return false;
  }

  private void collect(Element element) {
    if (!(element instanceof TypeElement type)) {
      return;
    }
    String className = processingEnv.getElementUtils().getBinaryName(type).toString();
    compiled.add(className);
    Kind kind = kind(type);
    if (kind != null) {
      JavadocText doc = JavadocText.parse(processingEnv.getElementUtils().getDocComment(type));
      entries.put(className, new IndexEntry(kind, className, doc.body(), doc.parameters()));
    }
    type.getEnclosedElements().forEach(this::collect);
  }

  /** What the type is in a pipeline, or null when it is nothing that a file could name. */
  private Kind kind(TypeElement type) {
    if (type.getKind() != ElementKind.RECORD || !isPublic(type)) {
      return null;
    }
    Types types = processingEnv.getTypeUtils();
    for (Kind kind : Kind.values()) {
      TypeElement wanted = processingEnv.getElementUtils().getTypeElement(kind.interfaceName());
      if (wanted != null
          && types.isSubtype(types.erasure(type.asType()), types.erasure(wanted.asType()))) {
        return kind;
      }
    }
    return null;
  }

  private static boolean isPublic(Element type) {
    return type.getKind() == ElementKind.PACKAGE
        || type.getModifiers().contains(Modifier.PUBLIC) && isPublic(type.getEnclosingElement());
  }

  private void write() throws IOException {
    List<IndexEntry> earlier = earlier();
    for (IndexEntry entry : earlier) {
      if (!compiled.contains(entry.className()) && stillExists(entry)) {
        entries.put(entry.className(), entry);
      }
    }
    if (entries.isEmpty() && earlier.isEmpty()) {
      return;
    }
    try (OutputStream stream =
        processingEnv
            .getFiler()
            .createResource(StandardLocation.CLASS_OUTPUT, "", IndexFile.PATH)
            .openOutputStream()) {
      stream.write(IndexFile.write(entries.values()).getBytes(StandardCharsets.UTF_8));
    }
  }

  private boolean stillExists(IndexEntry entry) {
    String name = entry.className().replace('$', '.');
    TypeElement type = processingEnv.getElementUtils().getTypeElement(name);
    return type != null && kind(type) == entry.kind();
  }

  private List<IndexEntry> earlier() throws IOException {
    try (InputStream stream =
        processingEnv
            .getFiler()
            .getResource(StandardLocation.CLASS_OUTPUT, "", IndexFile.PATH)
            .openInputStream()) {
      return IndexFile.read(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException | NoSuchFileException e) {
      return List.of();
    }
  }
}
