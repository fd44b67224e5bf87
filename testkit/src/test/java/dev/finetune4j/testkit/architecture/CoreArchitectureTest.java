package dev.finetune4j.testkit.architecture;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The walls of core; they stand here because core cannot depend on testkit, even in its tests. */
final class CoreArchitectureTest {

  @TestFactory
  Stream<DynamicTest> walls() {
    return Architecture.ofCore();
  }
}
