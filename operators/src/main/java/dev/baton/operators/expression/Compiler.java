package dev.baton.operators.expression;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.operators.expression.Expression.Between;
import dev.baton.operators.expression.Expression.Binary;
import dev.baton.operators.expression.Expression.Call;
import dev.baton.operators.expression.Expression.Case;
import dev.baton.operators.expression.Expression.Cast;
import dev.baton.operators.expression.Expression.Column;
import dev.baton.operators.expression.Expression.In;
import dev.baton.operators.expression.Expression.IsNull;
import dev.baton.operators.expression.Expression.Like;
import dev.baton.operators.expression.Expression.Literal;
import dev.baton.operators.expression.Expression.Negate;
import dev.baton.operators.expression.Expression.Not;
import dev.baton.operators.expression.Expression.When;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Gives every part of an expression a type and makes the nodes that compute it. */
final class Compiler {
  private final Function<String, Field> columns;
  private final Map<String, Node> columnNodes = new HashMap<>();

  /**
   * @param columns finds a column, throwing {@link BindException} when it is missing or unsuitable
   */
  Compiler(Function<String, Field> columns) {
    this.columns = columns;
  }

  Node compile(Expression e) {
    if (e instanceof Literal literal) {
      return new ConstantNode(e, ConstantNode.kind(literal.value()), literal.value());
    }
    if (e instanceof Column column) {
      return columnNodes.computeIfAbsent(
          column.name(), name -> new ColumnNode(e, columns.apply(name)));
    }
    if (e instanceof Binary binary) {
      return binary(binary);
    }
    if (e instanceof Negate negate) {
      Node value = compile(negate.value());
      return new Arithmetic.Negate(e, number(e, "-", value));
    }
    if (e instanceof Not not) {
      return new Logic.Not(e, require(e, "not", Kind.BOOL, compile(not.value())));
    }
    if (e instanceof IsNull isNull) {
      Node value = compile(isNull.value());
      return new Logic.IsNull(e, value.kind == Kind.NULL ? convert(value, Kind.BOOL) : value);
    }
    if (e instanceof In in) {
      List<Expression> all = new ArrayList<>(List.of(in.value()));
      all.addAll(in.options());
      return new Logic.In(e, comparable(e, compileAll(all)));
    }
    if (e instanceof Between between) {
      Node[] nodes =
          comparable(e, compileAll(List.of(between.value(), between.low(), between.high())));
      return new Logic.Between(e, nodes[0], nodes[1], nodes[2]);
    }
    if (e instanceof Like like) {
      Node value = require(e, "like", Kind.TEXT, compile(like.value()));
      return new LikeNode(e, like.pattern(), value);
    }
    if (e instanceof Case cases) {
      return cases(cases);
    }
    if (e instanceof Cast cast) {
      return Casts.cast(e, compile(cast.value()), cast.type());
    }
    Call call = (Call) e;
    return Calls.compile(call, compileAll(call.arguments()));
  }

  private Node[] compileAll(List<Expression> expressions) {
    return expressions.stream().map(this::compile).toArray(Node[]::new);
  }

  private Node binary(Binary e) {
    Infix operator = e.operator();
    Node left = compile(e.left());
    Node right = compile(e.right());
    if (operator == Infix.AND || operator == Infix.OR) {
      return new Logic.Connective(
          e,
          operator == Infix.AND,
          require(e, operator.symbol, Kind.BOOL, left),
          require(e, operator.symbol, Kind.BOOL, right));
    }
    if (operator.isComparison()) {
      Node[] nodes = comparable(e, left, right);
      return new Comparison(e, operator, nodes[0], nodes[1]);
    }
    left = number(e, operator.symbol, left);
    right = number(e, operator.symbol, right);
    if (left.kind == Kind.FLOAT || right.kind == Kind.FLOAT) {
      return new Arithmetic.OfFloats(
          e, operator, convert(left, Kind.FLOAT), convert(right, Kind.FLOAT));
    }
    if (operator == Infix.DIVIDE || operator == Infix.MODULO) {
      return new Arithmetic.DivideInts(e, operator == Infix.MODULO, left, right);
    }
    return new Arithmetic.OfInts(e, operator, left, right);
  }

  private Node cases(Case e) {
    List<Node> conditions = new ArrayList<>();
    List<Node> results = new ArrayList<>();
    for (When branch : e.branches()) {
      conditions.add(require(e, "when", Kind.BOOL, compile(branch.condition())));
      results.add(compile(branch.result()));
    }
    results.add(compile(e.otherwise()));
    ArrowType type = commonType(results.toArray(Node[]::new));
    Node[] sameKind = sameKind(e, "then and else", results.toArray(Node[]::new));
    return new Choice.Case(e, type, conditions.toArray(Node[]::new), sameKind);
  }

  /** Operands that can be compared with each other, as the same kind. */
  private static Node[] comparable(Expression e, Node... nodes) {
    Node[] same = sameKind(e, "a comparison", nodes);
    for (int i = 0; i < same.length; i++) {
      same[i] = same[i].kind == Kind.NULL ? convert(same[i], Kind.BOOL) : same[i];
    }
    return same;
  }

  /** Converts values to the kind that can hold all of them; NULL when all are the literal null. */
  static Node[] sameKind(Expression e, String what, Node... nodes) {
    Node widest = nodes[0];
    for (Node node : nodes) {
      if (widest.kind == Kind.NULL) {
        widest = node;
      } else if (node.kind != widest.kind && node.kind != Kind.NULL) {
        boolean numbers = node.kind.isNumber() && widest.kind.isNumber();
        boolean times = node.kind.isTime() && widest.kind.isTime();
        if (!numbers && !times) {
          throw incompatible(e, what, widest, node);
        }
        widest = node.kind == Kind.FLOAT || node.kind == Kind.TIMESTAMP ? node : widest;
      }
    }
    Node[] same = new Node[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      same[i] = convert(nodes[i], widest.kind);
    }
    return same;
  }

  /** The type that all values already have, else that of the kind which can hold all of them. */
  static ArrowType commonType(Node... nodes) {
    ArrowType common = null;
    for (Node node : nodes) {
      if (node.kind != Kind.NULL) {
        if (common != null && !common.equals(node.type)) {
          return null;
        }
        common = node.type;
      }
    }
    return common;
  }

  /** The values as another kind that can hold them. */
  static Node convert(Node node, Kind kind) {
    if (node.kind == kind) {
      return node;
    }
    if (node.kind == Kind.NULL) {
      return new ConstantNode(node.source, kind, null);
    }
    if (node.kind == Kind.INT && kind == Kind.FLOAT) {
      if (node instanceof ConstantNode constant && constant.value() != null) {
        return new ConstantNode(node.source, kind, ((Long) constant.value()).doubleValue());
      }
      return new Arithmetic.Widen(node);
    }
    if (node.kind == Kind.DATE && kind == Kind.TIMESTAMP) {
      return new Casts.DateToTimestamp(node.source, node);
    }
    throw new IllegalStateException(node.kind + " as " + kind);
  }

  static Node number(Expression e, String what, Node node) {
    if (node.kind == Kind.NULL) {
      return convert(node, Kind.FLOAT);
    }
    if (!node.kind.isNumber()) {
      throw unsuitable(e, what, "a number", node);
    }
    return node;
  }

  static Node require(Expression e, String what, Kind kind, Node node) {
    if (node.kind == kind
        || node.kind == Kind.NULL
        || (node.kind == Kind.INT && kind == Kind.FLOAT)) {
      return convert(node, kind);
    }
    throw unsuitable(e, what, kind.words, node);
  }

  static BindException unsuitable(Expression e, String what, String needed, Node node) {
    String remedy =
        switch (needed) {
          case "an integer" -> "write cast(" + node.source + " as int64)";
          case "a number" -> "write cast(" + node.source + " as float64)";
          case "bool" -> "compare it with something";
          case "date or timestamp", "timestamp" -> "write cast(" + node.source + " as timestamp)";
          default -> "write cast(" + node.source + " as " + needed + ")";
        };
    return new BindException(
        String.format(
            "expression '%s': %s needs %s but '%s' is %s; %s",
            e, what, needed, node.source, Types.name(node.type), remedy));
  }

  private static BindException incompatible(Expression e, String what, Node a, Node b) {
    String remedy =
        (a.kind.isTime() && b.kind == Kind.TEXT) || (b.kind.isTime() && a.kind == Kind.TEXT)
            ? "write date '2020-01-31' or timestamp '2020-01-31T10:00:00', or cast one of them"
            : "cast one of them, as in cast(" + b.source + " as " + Types.name(a.type) + ")";
    return new BindException(
        String.format(
            "expression '%s': %s cannot take both '%s', which is %s, and '%s', which is %s; %s",
            e, what, a.source, Types.name(a.type), b.source, Types.name(b.type), remedy));
  }
}
