package dev.finetune4j.grading.spec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The formula of a grader that is put together from others: numbers, names, {@code + - * / ^},
 * brackets, and {@code min max abs floor ceil exp sqrt log}. Immutable and thread-safe.
 */
final class Formula {
  private static final Set<String> ONE_ARGUMENT =
      Set.of("abs", "floor", "ceil", "exp", "sqrt", "log");
  private static final Set<String> MORE_ARGUMENTS = Set.of("min", "max");

  private final Term term;
  private final Set<String> names;

  private Formula(Term term, Set<String> names) {
    this.term = term;
    this.names = names;
  }

  /** A part of a formula that has a value. */
  @FunctionalInterface
  private interface Term {
    double value(Map<String, Double> scores);
  }

  /**
   * Reads a formula.
   *
   * @throws IllegalArgumentException if it is not one; the message shows the place
   */
  static Formula parse(String text) {
    Reader reader = new Reader(text);
    Term term = reader.sum();
    reader.requireEnd();
    return new Formula(term, reader.names);
  }

  /** Returns the names that it uses. */
  Set<String> names() {
    return names;
  }

  /** Returns the value for these scores by name, all of which must be there. */
  double value(Map<String, Double> scores) {
    return term.value(scores);
  }

  private static final class Reader {
    private final String text;
    private final Set<String> names = new LinkedHashSet<>();
    private int at;

    Reader(String text) {
      this.text = text;
    }

    Term sum() {
      Term left = product();
      while (true) {
        Term first = left;
        if (accept('+')) {
          Term second = product();
          left = scores -> first.value(scores) + second.value(scores);
        } else if (accept('-')) {
          Term second = product();
          left = scores -> first.value(scores) - second.value(scores);
        } else {
          return left;
        }
      }
    }

    private Term product() {
      Term left = signed();
      while (true) {
        Term first = left;
        if (accept('*')) {
          Term second = signed();
          left = scores -> first.value(scores) * second.value(scores);
        } else if (accept('/')) {
          Term second = signed();
          left = scores -> first.value(scores) / second.value(scores);
        } else {
          return left;
        }
      }
    }

    private Term signed() {
      if (accept('-')) {
        Term positive = signed();
        return scores -> -positive.value(scores);
      }
      return power();
    }

    private Term power() {
      Term base = operand();
      if (accept('^')) {
        Term exponent = signed();
        return scores -> Math.pow(base.value(scores), exponent.value(scores));
      }
      return base;
    }

    private Term operand() {
      if (accept('(')) {
        Term inner = sum();
        require(')');
        return inner;
      }
      String word = word();
      if (word.isEmpty()) {
        throw broken("expected a number, a name or a parenthesis");
      }
      if (Character.isDigit(word.charAt(0)) || word.charAt(0) == '.') {
        return number(word);
      }
      if (accept('(')) {
        return function(word);
      }
      names.add(word);
      return scores -> Objects.requireNonNull(scores.get(word), word);
    }

    private Term number(String word) {
      try {
        double value = Double.parseDouble(word);
        return scores -> value;
      } catch (NumberFormatException e) {
        throw broken("\"" + word + "\" is not a number");
      }
    }

    private Term function(String name) {
      List<Term> arguments = new ArrayList<>();
      do {
        arguments.add(sum());
      } while (accept(','));
      require(')');
      if (ONE_ARGUMENT.contains(name) && arguments.size() == 1) {
        return scores -> apply(name, arguments.get(0).value(scores));
      }
      if (MORE_ARGUMENTS.contains(name)) {
        return scores -> {
          double[] values = arguments.stream().mapToDouble(each -> each.value(scores)).toArray();
          return extreme(name, values);
        };
      }
      throw broken("unknown function " + name + " with " + arguments.size() + " arguments");
    }

    private String word() {
      skipSpace();
      int start = at;
      while (at < text.length()
          && (Character.isLetterOrDigit(text.charAt(at)) || "._".indexOf(text.charAt(at)) >= 0)) {
        at++;
      }
      return text.substring(start, at);
    }

    private boolean accept(char symbol) {
      skipSpace();
      if (at < text.length() && text.charAt(at) == symbol) {
        at++;
        return true;
      }
      return false;
    }

    private void require(char symbol) {
      if (!accept(symbol)) {
        throw broken("expected \"" + symbol + "\"");
      }
    }

    private void requireEnd() {
      skipSpace();
      if (at < text.length()) {
        throw broken("unexpected text");
      }
    }

    private void skipSpace() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }

    private IllegalArgumentException broken(String what) {
      return new IllegalArgumentException(
          "Invalid formula \"" + text + "\" at character " + (at + 1) + ": " + what + ".");
    }
  }

  private static double apply(String name, double value) {
    return switch (name) {
      case "abs" -> Math.abs(value);
      case "floor" -> Math.floor(value);
      case "ceil" -> Math.ceil(value);
      case "exp" -> Math.exp(value);
      case "sqrt" -> Math.sqrt(value);
      default -> Math.log(value);
    };
  }

  private static double extreme(String name, double[] values) {
    double found = values[0];
    for (double value : values) {
      found = name.equals("min") ? Math.min(found, value) : Math.max(found, value);
    }
    return found;
  }
}
