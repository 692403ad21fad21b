package dev.baton.operators.compose;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.operator.Transform;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A transform that sees only the columns of a group, without their prefix. */
record TransformInGroup(String prefix, Transform transform) implements Transform {
  @Override
  public Nature nature() {
    return transform.nature();
  }

  @Override
  public String label() {
    return InGroup.label(prefix, transform);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    BoundTransform inner = transform.bind(InGroup.enter(prefix, binder));
    InGroup.checkRows(prefix, inner.changesRows());
    Set<String> touched = new HashSet<>(inner.reads());
    touched.addAll(inner.writes());
    touched.addAll(inner.renames().values());
    Map<String, String> names = new LinkedHashMap<>();
    // In the order of the columns, which is the order that the transform bound to.
    binder.input().getFields().stream()
        .map(field -> field.getName())
        .filter(name -> name.startsWith(prefix))
        .filter(name -> touched.contains(name.substring(prefix.length())))
        .forEach(name -> names.put(name, name.substring(prefix.length())));
    return new BoundTransform(
        InGroup.outside(prefix, inner.reads()),
        InGroup.outside(prefix, inner.renames()),
        InGroup.outside(prefix, inner.writes()),
        false,
        InGroup.leave(prefix, binder.input(), inner.output()),
        context -> new GroupKernel(prefix, names, inner.kernels().open(context)));
  }

  /** Moves the columns it touches out of the batch and back, which copies nothing. */
  private record GroupKernel(String prefix, Map<String, String> names, Kernel kernel)
      implements Kernel {
    @Override
    public void start(long split) throws Exception {
      kernel.start(split);
    }

    @Override
    public boolean isPlaced() {
      return kernel.isPlaced();
    }

    @Override
    public void apply(Batch batch) throws Exception {
      Batch group = batch.moveOut(names);
      try {
        kernel.apply(group);
      } finally {
        batch.moveIn(group, name -> prefix + name);
      }
    }

    @Override
    public void close() {
      kernel.close();
    }
  }
}
