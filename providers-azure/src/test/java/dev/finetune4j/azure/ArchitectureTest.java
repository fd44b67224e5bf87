package dev.finetune4j.azure;

import dev.finetune4j.buildrules.Architecture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The architecture rules of this provider. */
final class ArchitectureTest {

  @TestFactory
  Stream<DynamicTest> walls() {
    return Architecture.ofProvider("dev.finetune4j.azure");
  }
}
