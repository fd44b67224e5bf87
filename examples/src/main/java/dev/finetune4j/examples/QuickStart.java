package dev.finetune4j.examples;

/** Placeholder so that the profile can be tried. */
public final class QuickStart {
  private QuickStart() {}

  /** Prints its arguments. */
  public static void main(String[] args) {
    System.out.println("args " + String.join("|", args) + " in " + System.getProperty("user.dir"));
  }
}
