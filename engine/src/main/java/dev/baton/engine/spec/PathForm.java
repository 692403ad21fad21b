package dev.baton.engine.spec;

import dev.baton.engine.source.AtomicFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths, which a file gives relative to its own folder; {@code -} is standard input or output. */
record PathForm() implements Form {
  @Override
  public String expects() {
    return "a path";
  }

  @Override
  public Object read(Yaml yaml, Context context) {
    if (!(yaml instanceof Yaml.Scalar scalar) || scalar.isNull() || scalar.text().isEmpty()) {
      throw mismatch(yaml, context);
    }
    if (scalar.text().equals(AtomicFile.STANDARD.toString())) {
      return AtomicFile.STANDARD;
    }
    try {
      return context.folder().resolve(scalar.text()).normalize();
    } catch (InvalidPathException e) {
      throw context.error(yaml.at(), e);
    }
  }

  @Override
  public Yaml write(Object value, Context context) {
    if (value.equals(AtomicFile.STANDARD)) {
      return text(AtomicFile.STANDARD);
    }
    Path folder = context.folder();
    // A relative path is relative to the working directory, not to the file.
    Path path = folder.isAbsolute() ? ((Path) value).toAbsolutePath() : (Path) value;
    if (folder.toString().isEmpty() || path.isAbsolute() && !path.startsWith(folder)) {
      return text(path);
    }
    return text(folder.startsWith("..") ? path.toAbsolutePath() : folder.relativize(path));
  }

  private static Yaml text(Path path) {
    // The same on every system.
    String text = path.toString().replace(path.getFileSystem().getSeparator(), "/");
    return Yaml.Scalar.text(text.isEmpty() ? "." : text);
  }
}
