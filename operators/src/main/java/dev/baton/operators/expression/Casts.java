package dev.baton.operators.expression;
final class Casts {
  static Node cast(Expression e, Node v, org.apache.arrow.vector.types.pojo.ArrowType t) { throw new UnsupportedOperationException(); }
  static final class DateToTimestamp extends Node {
    DateToTimestamp(Expression e, Node v) { super(e, Kind.TIMESTAMP, v); }
    @Override void compute(Block b, long[] a) { combineValidity(); for (int i = 0; i < b.rows; i++) longs[i] = children[0].longs[i] * 86_400_000_000L; }
  }
}
