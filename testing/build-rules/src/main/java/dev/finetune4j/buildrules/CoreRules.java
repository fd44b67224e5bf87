package dev.finetune4j.buildrules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the packages of core may know of one another, and of the world. */
final class CoreRules {

  /** The layers, lowest first; the root package is below them all. */
  static final List<String> FLOORS =
      List.of(
          "error",
          "json",
          "storage",
          "statistics",
          "chat",
          "inference",
          "dataset",
          "dataset.format",
          "token",
          "dataset.validation",
          "grading.text",
          "grading",
          "grading.judge",
          "grading.spec",
          "grading.sql",
          "training",
          "cost",
          "catalog",
          "job",
          "deployment",
          "provider",
          "evaluation",
          "evaluation.agreement",
          "baseline",
          "decision",
          "workflow.journal",
          "workflow",
          "report",
          "tuner");

  /** What every floor may use, and what uses only the first three floors. */
  private static final String INTERNAL = "internal..";

  private CoreRules() {}

  static Map<String, ArchRule> of(String root) {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put(
        "1: packages have no circles", slices().matching(root + ".(**)").should().beFreeOfCycles());
    rules.put("2: every package is a floor", everyPackageIsAFloor(root));
    rules.put("2: the ground reaches no floor", reachesNone(root, root, FLOORS));
    rules.put(
        "2: internal packages reach no floor but error, json and storage",
        reachesNone(root, root + "." + INTERNAL, FLOORS.subList(3, FLOORS.size())));
    for (int floor = 0; floor < FLOORS.size() - 1; floor++) {
      rules.put(
          "2: " + FLOORS.get(floor) + " reaches no floor above",
          reachesNone(
              root, root + "." + FLOORS.get(floor), FLOORS.subList(floor + 1, FLOORS.size())));
    }
    rules.put(
        "3: core knows no HTTP, no retry and no provider",
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "okhttp3..",
                "io.github.resilience4j..",
                root + ".providerkit..",
                root + ".openai..",
                root + ".azure..",
                root + ".huggingface..",
                root + ".local..",
                root + ".testkit..",
                root + ".tck..",
                root + ".simulator.."));
    rules.put(
        "4: only json and internal packages know Moshi and Okio",
        noClasses()
            .that()
            .resideOutsideOfPackages("..internal..", root + ".json")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.squareup.moshi..", "okio.."));
    return rules;
  }

  private static ArchRule everyPackageIsAFloor(String root) {
    String[] packages =
        Stream.concat(FLOORS.stream(), Stream.of(INTERNAL))
            .map(name -> root + "." + name)
            .toArray(String[]::new);
    return classes()
        .that()
        .resideOutsideOfPackage(root)
        .should()
        .resideInAnyPackage(packages)
        .because("a package that is not in the list of floors is not checked");
  }

  private static ArchRule reachesNone(String root, String lower, List<String> higher) {
    return noClasses()
        .that()
        .resideInAPackage(lower)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(higher.stream().map(name -> root + "." + name).toArray(String[]::new));
  }
}
