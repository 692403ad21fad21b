package dev.baton.engine.spec;

import dev.baton.engine.batch.Names;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Constants of an enum by their names in kebab-case; case, {@code -} and {@code _} do not matter.
 */
record EnumForm(Class<?> of) implements Form {
  @Override
  public String expects() {
    return "one of " + String.join(", ", byName().keySet());
  }

  @Override
  public Object read(Yaml yaml, Context context) {
    if (!(yaml instanceof Yaml.Scalar scalar)) {
      throw mismatch(yaml, context);
    }
    Object constant = find(scalar.text());
    if (constant != null) {
      return constant;
    }
    String nearest = scalar.isNull() ? null : Names.nearest(scalar.text(), byName().keySet());
    throw context.error(
        yaml.at(),
        String.format(
            "expected %s but was %s%s",
            expects(), yaml.found(), nearest == null ? "" : ", did you mean '" + nearest + "'?"));
  }

  /** The constant of that name, or null. */
  Object find(String text) {
    for (Map.Entry<String, Object> constant : byName().entrySet()) {
      if (constant.getKey().equals(KebabCase.ofConstant(text))) {
        return constant.getValue();
      }
    }
    return null;
  }

  @Override
  public Yaml write(Object value, Context context) {
    return Yaml.Scalar.text(KebabCase.ofConstant(((Enum<?>) value).name()));
  }

  private Map<String, Object> byName() {
    Map<String, Object> names = new LinkedHashMap<>();
    for (Object constant : of.getEnumConstants()) {
      names.put(KebabCase.ofConstant(((Enum<?>) constant).name()), constant);
    }
    return names;
  }
}
