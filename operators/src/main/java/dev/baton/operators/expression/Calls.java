package dev.baton.operators.expression;

final class Calls {
  Calls(Compiler c) {}
  Node compile(Expression.Call c, Node[] a) { throw new UnsupportedOperationException(); }
}
