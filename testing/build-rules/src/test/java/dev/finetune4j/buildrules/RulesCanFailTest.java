package dev.finetune4j.buildrules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds every rule against classes with planted faults: a rule that cannot fail is no wall. */
final class RulesCanFailTest {
  private static final String ROOT = "dev.finetune4j.buildrules.planted";
  private static final JavaClasses ALL = new ClassFileImporter().importPackages(ROOT);

  @Test
  void everyKindOfRuleOfCoreFailsOnItsFault() {
    assertThat(failing(CoreRules.of(ROOT), ALL))
        .contains(
            "1: packages have no circles",
            "2: every package is a floor",
            "2: the ground reaches no floor",
            "2: chat reaches no floor above",
            "3: core knows no HTTP, no retry and no provider",
            "4: only json and internal packages know Moshi and Okio");
  }

  @Test
  void aFloorThatReachesNoneAboveDoesNotFail() {
    assertThat(failing(CoreRules.of(ROOT), ALL))
        .doesNotContain("2: error reaches no floor above", "2: workflow reaches no floor above");
  }

  @Test
  void everyRuleOfCodeFailsOnItsFault() {
    assertThat(failing(CodeRules.of(ROOT), ALL))
        .containsExactlyInAnyOrderElementsOf(CodeRules.of(ROOT).keySet());
  }

  @Test
  void timeChanceAndSleepAreEachFound() {
    String report =
        CodeRules.of(ROOT).entrySet().stream()
            .filter(rule -> rule.getKey().startsWith("5:"))
            .map(rule -> rule.getValue().evaluate(ALL).getFailureReport().toString())
            .collect(Collectors.joining());

    assertThat(report).contains("Instant.now()", "Random.<init>()", "TimeUnit.sleep(long)");
  }

  @Test
  void everyRuleOfAProviderFailsOnItsFault() {
    JavaClasses openai = new ClassFileImporter().importPackages(ROOT + ".openai");
    JavaClasses azure = new ClassFileImporter().importPackages(ROOT + ".azure");
    Map<String, ArchRule> openaiRules = ModuleRules.ofProvider(ROOT, ROOT + ".openai");
    Map<String, ArchRule> azureRules = ModuleRules.ofProvider(ROOT, ROOT + ".azure");

    assertThat(failing(openaiRules, openai))
        .containsExactlyInAnyOrder(
            "7: providers do not know one another",
            "7: a provider knows no test code",
            "7: no public method mentions a wire type",
            "8: wire types are records without methods of their own",
            "8: a provider shows its provider and its options, nothing else");
    assertThat(failing(azureRules, azure))
        .containsExactlyInAnyOrder(
            "7: providers do not know one another", "7: wire types stay in their module");
  }

  @Test
  void everyRuleOfTheKitFailsOnItsFault() {
    List<String> failing = failing(ModuleRules.ofKit(ROOT), ALL);

    assertThat(failing)
        .contains(
            "7: provider-kit knows no provider",
            "7: no public method mentions a wire type",
            "8: wire types are records without methods of their own");
  }

  private static List<String> failing(Map<String, ArchRule> rules, JavaClasses classes) {
    return rules.entrySet().stream()
        .filter(rule -> rule.getValue().allowEmptyShould(true).evaluate(classes).hasViolation())
        .map(Map.Entry::getKey)
        .toList();
  }
}
