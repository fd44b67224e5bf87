package dev.finetune4j.buildrules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the modules may know of one another, and what they show. */
final class ModuleRules {
  private static final List<String> PROVIDERS = List.of("openai", "azure", "huggingface", "local");
  private static final List<String> TEST_CODE =
      List.of("testkit", "tck", "simulator", "buildrules");
  private static final String WIRE = "..internal.wire..";

  // Services of their own beside the training, with clients of their own (decision 0007).
  private static final String[] BESIDE_TRAINING = {
    "..internal..", "..huggingface.hub", "..huggingface.data", "..huggingface.inference"
  };

  private ModuleRules() {}

  static Map<String, ArchRule> ofKit(String root) {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("7: provider-kit knows no provider", knowsNone(root, PROVIDERS));
    rules.put("7: provider-kit knows no test code", knowsNone(root, TEST_CODE));
    rules.put("7: no public method mentions a wire type", noPublicMethodMentionsWire());
    rules.put("8: wire types are records without methods of their own", wireTypesAreBareRecords());
    return rules;
  }

  static Map<String, ArchRule> ofExtension(String root) {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("7: an extension of core knows no provider", knowsNone(root, PROVIDERS));
    rules.put(
        "7: an extension of core does not use provider-kit",
        knowsNone(root, List.of("providerkit")));
    rules.put("7: an extension of core uses no test code", knowsNone(root, TEST_CODE));
    return rules;
  }

  static Map<String, ArchRule> ofProvider(String root, String own) {
    List<String> others =
        PROVIDERS.stream().filter(name -> !own.equals(root + "." + name)).toList();
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("7: providers do not know one another", knowsNone(root, others));
    rules.put("7: a provider knows no test code", knowsNone(root, TEST_CODE));
    rules.put("7: wire types stay in their module", knowsNoWireOfOthers(own));
    rules.put("7: no public method mentions a wire type", noPublicMethodMentionsWire());
    rules.put("8: wire types are records without methods of their own", wireTypesAreBareRecords());
    rules.put("8: a provider shows its provider and its options, nothing else", showsLittle());
    return rules;
  }

  private static ArchRule knowsNone(String root, List<String> modules) {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            modules.stream().map(name -> root + "." + name + "..").toArray(String[]::new));
  }

  private static ArchRule knowsNoWireOfOthers(String own) {
    return noClasses()
        .should()
        .dependOnClassesThat(
            describe(
                "are wire types of another module",
                (JavaClass type) -> isWire(type) && !type.getPackageName().startsWith(own + ".")));
  }

  private static ArchRule noPublicMethodMentionsWire() {
    DescribedPredicate<JavaMethod> shown =
        describe(
            "are public methods of public classes outside of internal packages",
            method ->
                method.getModifiers().contains(JavaModifier.PUBLIC)
                    && method.getOwner().getModifiers().contains(JavaModifier.PUBLIC)
                    && !method.getOwner().getPackageName().contains(".internal"));
    return methods()
        .that(shown)
        .should(
            condition(
                "mention no wire type",
                method -> method.getAllInvolvedRawTypes().stream().noneMatch(ModuleRules::isWire)));
  }

  private static ArchRule wireTypesAreBareRecords() {
    return classes()
        .that()
        .resideInAPackage(WIRE)
        .and()
        .doNotHaveSimpleName("package-info")
        .should(
            condition(
                "be records without methods of their own",
                (JavaClass type) -> type.isRecord() && hasOnlyAccessors(type)));
  }

  private static ArchRule showsLittle() {
    return classes()
        .that()
        .arePublic()
        .and()
        .areTopLevelClasses()
        .and()
        .resideOutsideOfPackages(BESIDE_TRAINING)
        .should()
        .haveSimpleNameEndingWith("Provider")
        .orShould()
        .haveSimpleNameEndingWith("Options");
  }

  private static boolean isWire(JavaClass type) {
    return type.getPackageName().endsWith(".internal.wire")
        || type.getPackageName().contains(".internal.wire.");
  }

  private static boolean hasOnlyAccessors(JavaClass type) {
    Set<String> allowed =
        type.getFields().stream().map(field -> field.getName()).collect(Collectors.toSet());
    allowed.addAll(Set.of("equals", "hashCode", "toString"));
    return type.getMethods().stream().allMatch(method -> allowed.contains(method.getName()));
  }

  private static <T extends HasName> ArchCondition<T> condition(
      String description, Predicate<T> holds) {
    return new ArchCondition<>(description) {
      @Override
      public void check(T item, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(
                item, holds.test(item), item.getName() + " should " + description));
      }
    };
  }
}
