package dev.baton.engine.spec;

/** {@code name}, {@code name: {parameters}} or {@code name:} in a file. */
record Called(String name, Yaml parameters, Position at) {
  /** Null when it is none of the three. */
  static Called read(Yaml yaml) {
    if (yaml instanceof Yaml.Scalar scalar && !scalar.isNull()) {
      return new Called(
          scalar.text(), new Yaml.Scalar("", Yaml.Style.NULL, scalar.at()), scalar.at());
    }
    if (yaml instanceof Yaml.Mapping mapping && mapping.single() != null) {
      Yaml.Field field = mapping.single();
      return new Called(field.key(), field.value(), field.at());
    }
    return null;
  }

  /** The shortest of the three. */
  static Yaml write(String name, Yaml parameters) {
    boolean none = parameters instanceof Yaml.Mapping mapping && mapping.fields().isEmpty();
    return none ? Yaml.Scalar.text(name) : Yaml.Mapping.of(name, parameters);
  }
}
