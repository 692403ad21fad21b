package dev.baton.engine.spec;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a record and how to build it from them. The public constructor with the fewest
 * parameters, all of which are components, says which are required; an instance it builds holds the
 * defaults of the others.
 */
final class RecordShape {
  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(type);
        }
      };

  private final Constructor<?> canonical;
  private final Constructor<?> shortest;
  private final List<Part> parts;

  /** Of the components, in their order; each look for one in the class makes a new one. */
  private final List<Method> accessors;

  private RecordShape(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Map<String, Class<?>> types = new LinkedHashMap<>();
    for (RecordComponent component : components) {
      types.put(component.getName(), component.getType());
    }
    this.canonical = canonical(type, types.values().toArray(new Class<?>[0]));
    this.shortest = shortest(type, canonical, types);
    List<String> required =
        shortest.equals(canonical)
            ? List.copyOf(types.keySet())
            : Arrays.stream(shortest.getParameters()).map(Parameter::getName).toList();
    this.parts =
        Arrays.stream(components)
            .map(c -> new Part(c.getName(), c.getGenericType(), required.contains(c.getName())))
            .toList();
    this.accessors = Arrays.stream(components).map(RecordComponent::getAccessor).toList();
    accessors.forEach(Method::trySetAccessible);
  }

  /**
   * The shape of a record class.
   *
   * @throws IllegalArgumentException when its constructors do not say their parameters
   */
  static RecordShape of(Class<?> record) {
    return SHAPES.get(record);
  }

  private static Constructor<?> canonical(Class<?> type, Class<?>... parameters) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      constructor.trySetAccessible();
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("no canonical constructor in " + type, e);
    }
  }

  private static Constructor<?> shortest(
      Class<?> type, Constructor<?> canonical, Map<String, Class<?>> components) {
    Constructor<?> shortest = canonical;
    for (Constructor<?> constructor : type.getConstructors()) {
      if (constructor.getParameterCount() < shortest.getParameterCount()
          && Arrays.stream(constructor.getParameters()).allMatch(p -> isPart(p, components))) {
        shortest = constructor;
      }
    }
    shortest.trySetAccessible();
    return shortest;
  }

  private static boolean isPart(Parameter parameter, Map<String, Class<?>> components) {
    if (!parameter.isNamePresent()) {
      throw new IllegalArgumentException(
          parameter.getDeclaringExecutable()
              + " does not say the names of its parameters; compile it with -parameters");
    }
    return parameter.getType() == components.get(parameter.getName());
  }

  List<Part> parts() {
    return parts;
  }

  List<String> keys() {
    return parts.stream().map(Part::key).toList();
  }

  /** The components of a record by name. */
  Map<String, Object> values(Object record) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Method accessor : accessors) {
      try {
        values.put(accessor.getName(), accessor.invoke(record));
      } catch (InvocationTargetException e) {
        throw unchecked(e.getCause());
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("cannot read " + accessor, e);
      }
    }
    return values;
  }

  /**
   * A record of these values, with defaults for what is absent.
   *
   * @param values by component name; all that are required are there
   * @throws RuntimeException what the record's own checks throw
   */
  Object build(Map<String, Object> values) {
    Map<String, Object> all = new HashMap<>();
    if (values.size() < parts.size()) {
      Object base;
      try {
        base = construct(shortest, values);
      } catch (RuntimeException e) {
        // The required values alone can be invalid where together with the others they are not.
        base = required() == values.size() ? null : Samples.of(this);
        if (base == null) {
          throw e;
        }
      }
      all.putAll(values(base));
    }
    all.putAll(values);
    return construct(canonical, all);
  }

  /** What {@link #build} takes the defaults from, or null when there is nothing. */
  Object base(Map<String, Object> values) {
    try {
      return construct(shortest, values);
    } catch (RuntimeException e) {
      return null;
    }
  }

  /** The record that the shortest constructor builds. */
  Object shortest(Map<String, Object> required) {
    return construct(shortest, required);
  }

  private long required() {
    return parts.stream().filter(Part::required).count();
  }

  private Object construct(Constructor<?> constructor, Map<String, Object> values) {
    Object[] arguments =
        constructor.equals(canonical)
            ? parts.stream().map(part -> values.get(part.name())).toArray()
            : Arrays.stream(constructor.getParameters())
                .map(parameter -> values.get(parameter.getName()))
                .toArray();
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw unchecked(e.getCause());
    } catch (InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException("cannot call " + constructor, e);
    }
  }

  /** What a constructor or method called by reflection threw. */
  static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException e ? e : new IllegalArgumentException(thrown);
  }
}
