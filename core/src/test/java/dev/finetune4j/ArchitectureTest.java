package dev.finetune4j;

import dev.finetune4j.buildrules.Architecture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rules for the packages and the code of core. */
final class ArchitectureTest {

  @TestFactory
  Stream<DynamicTest> walls() {
    return Architecture.ofCore(Time.class);
  }
}
