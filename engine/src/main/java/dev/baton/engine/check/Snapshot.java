package dev.baton.engine.check;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The values of all mutable places that can be reached from an object. */
final class Snapshot {
  private static final int MOST_OBJECTS = 100_000;
  private static final int MOST_ELEMENTS = 10_000;

  /** A field, or the content of an array or collection that a field leads to. */
  private interface Place {
    /** Something equal as long as nothing has changed. */
    Object value() throws IllegalAccessException;
  }

  private record Seen(String name, String type, String remedy, Place place, Object value) {}

  private record Step(Object object, String name) {}

  private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Class<?>> statics = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Step> ahead = new ArrayDeque<>();
  private final List<Seen> seen = new ArrayList<>();

  private Snapshot() {}

  static Snapshot of(Object root) {
    Snapshot snapshot = new Snapshot();
    snapshot.reach(root, root.getClass().getName());
    while (!snapshot.ahead.isEmpty() && snapshot.visited.size() < MOST_OBJECTS) {
      Step step = snapshot.ahead.poll();
      snapshot.look(step.object(), step.name());
    }
    return snapshot;
  }

  private void reach(Object object, String name) {
    if (object != null && !Kinds.isSafe(object) && visited.add(object)) {
      ahead.add(new Step(object, name));
    }
  }

  private void look(Object object, String name) {
    Class<?> type = object.getClass();
    if (type.isArray()) {
      add(
          name,
          type.getSimpleName(),
          "give each worker an array of its own",
          () -> elements(object));
      if (!type.getComponentType().isPrimitive()) {
        for (int i = 0; i < Math.min(Array.getLength(object), MOST_ELEMENTS); i++) {
          reach(Array.get(object, i), name + "[" + i + "]");
        }
      }
    } else if (object instanceof Collection<?> collection) {
      add(name, type.getSimpleName(), Kinds.COLLECTION, () -> content(collection));
      reachAll(collection, name);
    } else if (object instanceof Map<?, ?> map) {
      add(name, type.getSimpleName(), Kinds.COLLECTION, () -> content(map));
      reachAll(map.values(), name);
    } else if (object instanceof CharSequence text) {
      add(name, type.getSimpleName(), "make it a local variable of the function", text::toString);
    } else if (!Kinds.isOfTheSystem(type)) {
      fields(object, type);
    }
  }

  private void reachAll(Collection<?> elements, String name) {
    int number = 0;
    for (Object element : elements) {
      if (number == MOST_ELEMENTS) {
        return;
      }
      reach(element, name + "[" + number + "]");
      number++;
    }
  }

  private void fields(Object object, Class<?> type) {
    for (Class<?> part = type;
        part != null && !Kinds.isOfTheSystem(part);
        part = part.getSuperclass()) {
      statics(part);
      if (Kinds.guardsItself(part)) {
        continue;
      }
      for (Field field : part.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          field(object, field);
        }
      }
    }
    Class<?> host = Kinds.hostOf(type);
    statics(host == null ? type.getNestHost() : host);
  }

  private void statics(Class<?> type) {
    if (!statics.add(type) || Kinds.isBatons(type)) {
      return;
    }
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
        field(null, field);
      }
    }
  }

  private void field(Object object, Field field) {
    try {
      if (Guards.guarded(field) || !field.trySetAccessible()) {
        return;
      }
      String name = Kinds.nameOf(field);
      if (!Modifier.isFinal(field.getModifiers())) {
        add(name, field.getType().getSimpleName(), Kinds.remedy(field), () -> plain(field, object));
      }
      reach(field.get(object), name);
    } catch (IllegalAccessException | RuntimeException e) {
      // Of a module that is closed: not a user's.
    }
  }

  private void add(String name, String type, String remedy, Place place) {
    try {
      seen.add(new Seen(name, type, remedy, place, place.value()));
    } catch (IllegalAccessException | RuntimeException e) {
      // What cannot be read cannot be compared.
    }
  }

  /** What has changed since. */
  List<SharedState> changes(String stage) {
    List<SharedState> changes = new ArrayList<>();
    for (Seen one : seen) {
      Object now;
      try {
        now = one.place().value();
      } catch (IllegalAccessException | RuntimeException e) {
        continue;
      }
      if (!one.value().equals(now)) {
        changes.add(
            new SharedState(
                stage,
                one.name(),
                one.type(),
                Kinds.text(one.value()),
                Kinds.text(now),
                one.remedy()));
      }
    }
    return changes;
  }

  // ---- values ----

  /** An object stands for itself, whatever it says of being equal. */
  private record Identity(Object object) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Identity identity && identity.object == object;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }

    @Override
    public String toString() {
      return object == null ? "null" : object.getClass().getSimpleName();
    }
  }

  private static Object plain(Field field, Object object) throws IllegalAccessException {
    return element(field.get(object));
  }

  private static Object element(Object value) {
    return Kinds.isValue(value) ? value : new Identity(value);
  }

  private static List<Object> elements(Object array) {
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) {
      elements.add(element(Array.get(array, i)));
    }
    return elements;
  }

  private static List<Object> content(Collection<?> collection) {
    List<Object> content = new ArrayList<>();
    collection.forEach(one -> content.add(element(one)));
    return content;
  }

  private static Map<Object, Object> content(Map<?, ?> map) {
    Map<Object, Object> content = new HashMap<>();
    map.forEach((key, value) -> content.put(element(key), element(value)));
    return new LinkedHashMap<>(content);
  }
}
