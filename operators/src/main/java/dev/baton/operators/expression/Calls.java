package dev.baton.operators.expression;

import dev.baton.operators.expression.Expression.Call;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Checks the arguments of functions and makes the nodes that compute them. */
final class Calls {
  private Calls() {}

  static Node compile(Call e, Node[] args) {
    String name = e.function().toString();
    return switch (e.function()) {
      case COALESCE -> {
        ArrowType type = Compiler.commonType(args);
        yield new Choice.Coalesce(e, type, Compiler.sameKind(e, name, args));
      }
      case NULLIF -> {
        Node[] same = Compiler.sameKind(e, name, args);
        yield new Choice.NullIf(e, same[0], same[1]);
      }
      case LEAST, GREATEST -> extreme(e, name, args);
      case ABS -> new MathNode.Abs(e, Compiler.number(e, name, args[0]));
      case FLOOR, CEIL, ROUND -> {
        Node value = Compiler.number(e, name, args[0]);
        yield value.kind == Kind.INT ? value : new MathNode(e, value);
      }
      case SQRT, EXP, LN, LOG10, LOG1P, POWER -> {
        Node[] floats = new Node[args.length];
        for (int i = 0; i < args.length; i++) {
          floats[i] = Compiler.convert(Compiler.number(e, name, args[i]), Kind.FLOAT);
        }
        yield new MathNode(e, floats);
      }
      case IS_NAN ->
          new MathNode.IsNan(e, Compiler.convert(Compiler.number(e, name, args[0]), Kind.FLOAT));
      case LOWER, UPPER, REPLACE, CONCAT -> new TextMaker(e, texts(e, name, args));
      case TRIM, SUBSTRING -> new TextView(e, viewArguments(e, name, args));
      case LENGTH, STARTS_WITH, ENDS_WITH, CONTAINS -> new TextFact(e, texts(e, name, args));
      default -> dates(e, name, args);
    };
  }

  private static Node extreme(Call e, String name, Node[] args) {
    ArrowType type = Compiler.commonType(args);
    Node[] same = Compiler.sameKind(e, name, args);
    if (same[0].kind == Kind.BOOL) {
      throw Compiler.unsuitable(e, name, "a number", same[0]);
    }
    Node best = same[0];
    boolean least = e.function() == Function.LEAST;
    for (int i = 1; i < same.length && best.kind != Kind.NULL; i++) {
      best = new Choice.Extreme(e, type, least, best, same[i]);
    }
    return best;
  }

  private static Node[] texts(Call e, String name, Node[] args) {
    Node[] texts = new Node[args.length];
    for (int i = 0; i < args.length; i++) {
      texts[i] = Compiler.require(e, name, Kind.TEXT, args[i]);
    }
    return texts;
  }

  /** A text, then integers. */
  private static Node[] viewArguments(Call e, String name, Node[] args) {
    Node[] checked = args.clone();
    checked[0] = Compiler.require(e, name, Kind.TEXT, args[0]);
    for (int i = 1; i < args.length; i++) {
      checked[i] = Compiler.require(e, name, Kind.INT, args[i]);
    }
    return checked;
  }

  private static Node dates(Call e, String name, Node[] args) {
    boolean needsTime = e.function() == Function.HOUR || e.function() == Function.MINUTE;
    Node[] checked = new Node[args.length];
    for (int i = 0; i < args.length; i++) {
      Kind kind = args[i].kind;
      if (kind == Kind.NULL) {
        checked[i] = Compiler.convert(args[i], Kind.TIMESTAMP);
      } else if (kind == Kind.TIMESTAMP || (kind == Kind.DATE && !needsTime)) {
        checked[i] = args[i];
      } else {
        throw Compiler.unsuitable(e, name, needsTime ? "timestamp" : "date or timestamp", args[i]);
      }
    }
    return new DateNode(e, checked);
  }
}
