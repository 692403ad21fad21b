package dev.baton.operators.io.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** One version for the versions of many files. */
final class Versions {
  private Versions() {}

  /** A hash of all, each with its file's path. */
  static String of(List<String> versions) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      for (String version : versions) {
        hash.update((version + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return versions.size() + " files, " + HexFormat.of().formatHex(hash.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
