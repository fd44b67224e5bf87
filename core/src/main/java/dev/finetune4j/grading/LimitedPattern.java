package dev.finetune4j.grading;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression that gives up where Java's engine would run for ever or overflow the stack:
 * after 50 million characters looked at, some seconds at most. Immutable and thread-safe.
 */
final class LimitedPattern {
  private static final long MOST_STEPS = 50_000_000;

  private final Pattern pattern;

  private LimitedPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  static LimitedPattern of(String pattern) {
    return new LimitedPattern(Pattern.compile(pattern));
  }

  boolean isFoundIn(String text) {
    try {
      return pattern.matcher(new Counted(text)).find();
    } catch (TooSlow | StackOverflowError e) {
      throw tooSlow(text, e);
    }
  }

  /** Returns the first group of the last match, or the match if it has no group. */
  Optional<String> lastGroup(String text) {
    try {
      Matcher matcher = pattern.matcher(new Counted(text));
      Optional<String> last = Optional.empty();
      while (matcher.find()) {
        last = Optional.ofNullable(matcher.group(Math.min(1, matcher.groupCount())));
      }
      return last;
    } catch (TooSlow | StackOverflowError e) {
      throw tooSlow(text, e);
    }
  }

  private IllegalStateException tooSlow(String text, Throwable cause) {
    return new IllegalStateException(
        "The pattern \""
            + pattern
            + "\" is too slow for this answer of "
            + text.length()
            + " characters; replace nested or repeated .* and (a|b)* by character classes.",
        cause);
  }

  /** A text that counts how often its characters are read. */
  private static final class Counted implements CharSequence {
    private final CharSequence text;
    private long steps;

    Counted(CharSequence text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++steps > MOST_STEPS) {
        throw new TooSlow();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }

  private static final class TooSlow extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
