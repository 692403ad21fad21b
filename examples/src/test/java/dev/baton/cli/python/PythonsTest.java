package dev.baton.cli.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS) // the Pythons of this test are shell scripts
class PythonsTest {
  @TempDir private Path folder;

  private void python(String file, String answer) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "#!/bin/sh\n" + answer + "\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
  }

  private List<String> found() {
    Map<String, String> environment =
        Map.of(
            "PATH",
            folder.resolve("bin") + ":" + folder.resolve("shims") + ":/nowhere",
            "PYENV_ROOT",
            folder.resolve("pyenv").toString(),
            "BATON_PYTHONS",
            folder.resolve("mine/my-python").toString());
    return Pythons.find(environment).stream().map(Python::name).toList();
  }

  @Test
  void all_places_are_looked_at_and_the_latest_patch_of_a_version_counts() throws IOException {
    python("bin/python3.11", "echo CPython 3.11.2 0");
    python("bin/python3", "echo CPython 3.11.2 0");
    python("pyenv/versions/3.11.7/bin/python3.11", "echo CPython 3.11.7 0");
    python("pyenv/versions/3.9.1/bin/python3.9", "echo CPython 3.9.1 0");
    python("bin/pypy3", "echo PyPy 3.10.14 0");
    python("bin/python3.13t", "echo CPython 3.13.1 1");
    python("mine/my-python", "echo CPython 3.13.2 0");
    assertEquals(
        List.of(
            "CPython 3.9.1",
            "CPython 3.11.7",
            "CPython 3.13.2",
            "CPython 3.13.1, free-threaded",
            "PyPy 3.10.14"),
        found());
  }

  @Test
  void what_is_too_old_broken_or_something_else_is_passed_over() throws IOException {
    python("bin/python3.7", "echo CPython 3.7.9 0");
    python("bin/python3.10", "echo cannot start >&2; exit 1");
    python("bin/python3.12", "echo hello");
    python("bin/python3-config", "echo CPython 3.12.1 0");
    python("shims/python3.9", "echo CPython 3.9.1 0");
    assertEquals(List.of(), found());
  }

  @Test
  void without_any_python_there_is_none() {
    assertEquals(List.of(), Pythons.find(Map.of()));
    assertTrue(Pythons.NONE.startsWith("No Python 3.8 or later was found on the PATH"));
  }
}
