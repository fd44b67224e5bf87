package dev.finetune4j.providerkit.process;

import java.nio.file.Path;
import java.util.Set;

/** An application that copies a nested jar and prints where the copy is. */
public final class CopyingApplication {

  private CopyingApplication() {}

  public static void main(String[] arguments) throws Exception {
    System.in.read();
    ChildClassPath path =
        ChildClassPath.of(Set.of(arguments[0]), Path.of(arguments[1]), Long.MAX_VALUE);
    System.out.println(path.entries().get(0));
  }
}
