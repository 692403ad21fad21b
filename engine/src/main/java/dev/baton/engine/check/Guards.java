package dev.baton.engine.check;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds fields that are guarded by {@code synchronized}: every method that touches such a field
 * holds one and the same lock there, by a block or by being synchronized as a whole. That is read
 * from the code of the class and of those nested with it, which are all that can touch a field that
 * is private or in a private class. Locks are {@code this}, classes, and final fields.
 *
 * <p>A constructor may touch its own fields, since nobody else has the object yet. It is taken for
 * granted that objects touch their own fields and that what a field leads to is not handed out. A
 * field that a method touches for a caller that holds the lock is not guarded here.
 */
final class Guards {
  private static final ClassValue<Map<String, Set<String>>> LOCKS =
      new ClassValue<>() {
        @Override
        protected Map<String, Set<String>> computeValue(Class<?> host) {
          try {
            return new Guards(host).locks;
          } catch (RuntimeException e) {
            return Map.of(); // not understood, so nothing is known to be guarded
          }
        }
      };

  private static final String UNKNOWN = "?";

  private final Map<String, Class<?>> nest = new HashMap<>();

  /** The locks that were held wherever a field was touched, by its class and name. */
  private final Map<String, Set<String>> locks = new HashMap<>();

  /** Whether a field is guarded by a lock. */
  static boolean guarded(Field field) {
    Class<?> type = field.getDeclaringClass();
    boolean ours =
        Modifier.isPrivate(field.getModifiers())
            || Modifier.isPrivate(type.getModifiers())
            || type.isLocalClass()
            || type.isAnonymousClass();
    return ours
        && !type.isHidden()
        && !LOCKS.get(type.getNestHost()).getOrDefault(nameOf(field), Set.of()).isEmpty();
  }

  private static String nameOf(Field field) {
    return field.getDeclaringClass().getName() + "." + field.getName();
  }

  private Guards(Class<?> host) {
    for (Class<?> member : host.getNestMembers()) {
      nest.put(member.getName(), member);
    }
    for (Class<?> member : nest.values()) {
      ClassFile file = ClassFile.of(member);
      if (file == null) {
        throw new IllegalArgumentException("no class file of " + member);
      }
      for (ClassFile.Method method : file.methods()) {
        look(member, file, method);
      }
    }
  }

  private void look(Class<?> type, ClassFile file, ClassFile.Method method) {
    Code code = new Code(method.code());
    Map<Integer, List<String>> held = held(type, file, method, code);
    List<Integer> places = code.places();
    for (int i = 0; i < places.size(); i++) {
      int at = places.get(i);
      int operation = code.operation(at);
      if (operation < Code.GETSTATIC || operation > Code.PUTFIELD || !held.containsKey(at)) {
        continue;
      }
      String field = file.field(code.unsignedShort(at + 1));
      boolean own = field.startsWith(type.getName() + ".");
      boolean makes =
          own && method.name().equals(operation < Code.GETFIELD ? "<clinit>" : "<init>");
      if (!makes && !isOnlyLocked(code, i)) {
        Set<String> all = new HashSet<>(held.get(at));
        all.remove(UNKNOWN);
        locks.merge(
            field,
            all,
            (before, now) -> {
              before.retainAll(now);
              return before;
            });
      }
    }
  }

  /** Whether the field that is read there is what a block locks, and nothing else. */
  private static boolean isOnlyLocked(Code code, int index) {
    List<Integer> places = code.places();
    return index + 3 < places.size()
        && code.operation(places.get(index + 1)) == Code.DUP
        && isStore(code.operation(places.get(index + 2)))
        && code.operation(places.get(index + 3)) == Code.MONITORENTER;
  }

  private static boolean isStore(int operation) {
    return operation == Code.ASTORE || operation >= Code.ASTORE_0 && operation <= Code.ASTORE_3;
  }

  /** The locks held before each instruction, the innermost last; on all ways that lead there. */
  private Map<Integer, List<String>> held(
      Class<?> type, ClassFile file, ClassFile.Method method, Code code) {
    Map<Integer, List<String>> held = new HashMap<>();
    Deque<Integer> ahead = new ArrayDeque<>();
    if (method.code().length > 0) {
      held.put(0, atStart(type, method.modifiers()));
      ahead.add(0);
    }
    Map<Integer, Integer> indexes = new HashMap<>();
    for (int i = 0; i < code.places().size(); i++) {
      indexes.put(code.places().get(i), i);
    }
    while (!ahead.isEmpty()) {
      int at = ahead.poll();
      List<String> before = held.get(at);
      for (ClassFile.Handler handler : method.handlers()) {
        if (handler.start() <= at && at < handler.end()) {
          reach(handler.target(), before, held, ahead);
        }
      }
      List<String> after = new ArrayList<>(before);
      if (code.operation(at) == Code.MONITORENTER) {
        after.add(lock(type, file, method, code, indexes.get(at)));
      } else if (code.operation(at) == Code.MONITOREXIT && !after.isEmpty()) {
        after.remove(after.size() - 1);
      }
      code.next(at).forEach(next -> reach(next, after, held, ahead));
    }
    return held;
  }

  private static List<String> atStart(Class<?> type, int modifiers) {
    if (!Modifier.isSynchronized(modifiers)) {
      return List.of();
    }
    return List.of(Modifier.isStatic(modifiers) ? "class " + type.getName() : self(type));
  }

  private static String self(Class<?> type) {
    return "this " + type.getName();
  }

  private static void reach(
      int at, List<String> locks, Map<Integer, List<String>> held, Deque<Integer> ahead) {
    List<String> before = held.get(at);
    int common = 0;
    int most = before == null ? locks.size() : Math.min(before.size(), locks.size());
    while (common < most && (before == null || before.get(common).equals(locks.get(common)))) {
      common++;
    }
    if (before == null || common < before.size()) {
      held.put(at, List.copyOf(locks.subList(0, common)));
      ahead.add(at);
    }
  }

  /** What a block locks, told from the instructions that compilers write before it. */
  private String lock(
      Class<?> type, ClassFile file, ClassFile.Method method, Code code, int index) {
    List<Integer> places = code.places();
    if (index < 3 || !isOnlyLocked(code, index - 3)) {
      return UNKNOWN;
    }
    int at = places.get(index - 3);
    int before = index < 4 ? -1 : code.operation(places.get(index - 4));
    boolean instance = !Modifier.isStatic(method.modifiers());
    return switch (code.operation(at)) {
      case Code.ALOAD_0 -> instance ? self(type) : UNKNOWN;
      case Code.LDC -> classLock(file, code.unsignedByte(at + 1));
      case Code.LDC_W -> classLock(file, code.unsignedShort(at + 1));
      case Code.GETSTATIC -> finalField(file.field(code.unsignedShort(at + 1)));
      case Code.GETFIELD ->
          before == Code.ALOAD_0 && instance
              ? finalField(file.field(code.unsignedShort(at + 1)))
              : UNKNOWN;
      default -> UNKNOWN;
    };
  }

  private static String classLock(ClassFile file, int constant) {
    String name = file.className(constant);
    return name == null ? UNKNOWN : "class " + name;
  }

  /** A field that always leads to the same lock. */
  private String finalField(String name) {
    int dot = name.lastIndexOf('.');
    Class<?> type = nest.get(name.substring(0, dot));
    try {
      return type != null
              && Modifier.isFinal(type.getDeclaredField(name.substring(dot + 1)).getModifiers())
          ? "field " + name
          : UNKNOWN;
    } catch (NoSuchFieldException e) {
      return UNKNOWN; // it belongs to a class that this one extends
    }
  }
}
