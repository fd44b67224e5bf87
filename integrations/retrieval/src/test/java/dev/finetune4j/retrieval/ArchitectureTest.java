package dev.finetune4j.retrieval;

import dev.finetune4j.buildrules.Architecture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The walls of this module. */
final class ArchitectureTest {

  @TestFactory
  Stream<DynamicTest> walls() {
    return Architecture.ofExtension("dev.finetune4j.retrieval");
  }
}
