package dev.baton.engine.internal.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What parts of a model file are checked by. */
final class Checksum {
  private Checksum() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
