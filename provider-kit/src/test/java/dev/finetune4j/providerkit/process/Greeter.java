package dev.finetune4j.providerkit.process;

/** A child that needs no class but its own. */
public final class Greeter {

  private Greeter() {}

  public static void main(String[] arguments) {
    System.out.println("Hello from " + System.getProperty("java.class.path"));
  }
}
