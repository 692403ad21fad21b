package dev.baton.engine.check;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Vector;
import java.util.concurrent.locks.Lock;

/** Which objects may be shared, and what to do about the others. */
final class Kinds {
  static final String COLLECTION =
      "give each worker one of its own, use a collection of java.util.concurrent, or make it a"
          + " FitState";

  private static final int LONGEST_TEXT = 60;
  private static final List<String> SAFE_PACKAGES =
      List.of(
          "java.util.concurrent.",
          "java.lang.reflect.",
          "java.lang.invoke.",
          "java.time.",
          "java.math.",
          "java.nio.file.",
          "org.apache.arrow.",
          "org.slf4j.");

  private static final List<String> BATONS =
      List.of("dev.baton.engine.", "dev.baton.operators.", "dev.baton.ipc.");

  private Kinds() {}

  /** A value that never changes. */
  static boolean isValue(Object object) {
    return object == null
        || object instanceof String
        || object instanceof Number && object.getClass().getName().startsWith("java.lang.")
        || object instanceof Boolean
        || object instanceof Character
        || object instanceof Enum<?>;
  }

  /** What may be shared, and so is not looked into. */
  static boolean isSafe(Object object) {
    Class<?> type = object.getClass();
    String name = type.getName();
    return isValue(object)
        || object instanceof Class<?>
        || object instanceof Thread
        || object instanceof ThreadLocal<?>
        || object instanceof ClassLoader
        || object instanceof StringBuffer
        || object instanceof Vector<?>
        || object instanceof Hashtable<?, ?>
        || name.startsWith("java.util.Collections$Synchronized")
        || SAFE_PACKAGES.stream().anyMatch(name::startsWith);
  }

  /** A class of the JDK, into which nobody may look. */
  static boolean isOfTheSystem(Class<?> type) {
    return type.getName().startsWith("java.")
        || type.getName().startsWith("javax.")
        || type.getName().startsWith("jdk.");
  }

  /** Baton's own static fields are none of the user's business. */
  static boolean isBatons(Class<?> type) {
    return BATONS.stream().anyMatch(type.getName()::startsWith);
  }

  /** Whether a class has a lock for its fields. */
  static boolean guardsItself(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields())
            .anyMatch(field -> Lock.class.isAssignableFrom(field.getType()))
        || Arrays.stream(type.getDeclaredMethods())
            .anyMatch(method -> Modifier.isSynchronized(method.getModifiers()));
  }

  /** The class in which a lambda stands, or null. */
  static Class<?> hostOf(Class<?> type) {
    int end = type.getName().indexOf("$$Lambda");
    if (end < 0) {
      return null;
    }
    try {
      return Class.forName(type.getName().substring(0, end), false, type.getClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  /** The class and the field; what a lambda has captured has no name of its own. */
  static String nameOf(Field field) {
    Class<?> type = field.getDeclaringClass();
    Class<?> host = hostOf(type);
    if (host == null) {
      return type.getName() + "." + field.getName();
    }
    return "a " + field.getType().getSimpleName() + " captured by a lambda in " + host.getName();
  }

  static String remedy(Field field) {
    String counted =
        field.getType() == long.class || field.getType() == int.class ? "an atomic, " : "";
    return Modifier.isStatic(field.getModifiers())
        ? "make it final, " + counted + "or the FitState of an Estimator"
        : "make it a local variable of the function, "
            + counted
            + "or the FitState of an Estimator";
  }

  /** A value as it is shown. */
  static String text(Object value) {
    String text =
        value instanceof Collection<?> collection && collection.size() > 4
            ? collection.size() + " elements " + value
            : value instanceof Map<?, ?> map && map.size() > 4
                ? map.size() + " entries"
                : String.valueOf(value);
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
  }
}
