package dev.finetune4j.exchange;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** The walls of this module. */
final class ArchitectureTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.finetune4j.exchange");

  @Test
  void packagesFormNoCircle() {
    slices().matching("dev.finetune4j.exchange.(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void noTypeOfTheYamlReaderIsPublic() {
    ArchRuleDefinition.noMethods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should()
        .haveRawReturnType(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "a type of the YAML reader", type -> type.getPackageName().startsWith("org.snake")))
        .check(classes);
  }
}
