package dev.baton.operators.expression;
final class LikeNode extends Node {
  LikeNode(Expression e, String p, Node v) { super(e, Kind.BOOL, v); }
  @Override void compute(Block b, long[] a) { throw new UnsupportedOperationException(); }
}
