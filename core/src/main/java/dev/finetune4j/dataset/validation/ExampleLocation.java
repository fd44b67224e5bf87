package dev.finetune4j.dataset.validation;

/**
 * The place of a finding in a data set.
 *
 * @param line the line of the file, or the number of the example, from 1; 0 if the finding is about
 *     the whole set
 * @param path the JSON path inside the line, {@code $} for the whole line
 */
public record ExampleLocation(long line, String path) {

  /** Returns the place of a finding about the whole set. */
  public static ExampleLocation wholeSet() {
    return new ExampleLocation(0, "$");
  }

  /** Returns the place of a finding about a whole line, counted from 1. */
  public static ExampleLocation line(long line) {
    return new ExampleLocation(line, "$");
  }

  /** Returns this place with a path inside the line. */
  public ExampleLocation at(String jsonPath) {
    return new ExampleLocation(line, jsonPath);
  }

  @Override
  public String toString() {
    if (line == 0) {
      return "whole set";
    }
    return path.equals("$") ? "line " + line : "line " + line + " at " + path;
  }
}
