package dev.finetune4j.jdbc;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.finetune4j.buildrules.Architecture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The walls of this module. */
final class ArchitectureTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.finetune4j.jdbc");

  @TestFactory
  Stream<DynamicTest> walls() {
    return Architecture.ofExtension("dev.finetune4j.jdbc");
  }

  @Test
  void noDriverAndNothingInternalOfCoreIsUsed() {
    ArchRuleDefinition.noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.postgresql..", "org.h2..", "dev.finetune4j.internal..")
        .check(classes);
  }
}
