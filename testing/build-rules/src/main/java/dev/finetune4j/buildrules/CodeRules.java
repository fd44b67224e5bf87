package dev.finetune4j.buildrules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.Map;

/** How code is written in every module. */
final class CodeRules {

  private CodeRules() {}

  static Map<String, ArchRule> of(String root) {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put(
        "5: time, chance and sleep are arguments",
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(root + ".SystemTime")
            .should()
            .accessTargetWhere(Targets.timeOrChance()));
    rules.put(
        "6: every exception is a FineTuningException",
        classes()
            .that()
            .haveSimpleNameEndingWith("Exception")
            .should()
            .beAssignableTo("dev.finetune4j.error.FineTuningException"));
    rules.put(
        "6: exceptions that can be made are final",
        classes()
            .that()
            .areAssignableTo(Throwable.class)
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .should()
            .haveModifier(JavaModifier.FINAL));
    rules.putAll(names());
    rules.putAll(members());
    return rules;
  }

  private static Map<String, ArchRule> names() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put(
        "9: no class is a Util, Helper, Manager or Impl",
        noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Manager|Impl)"));
    rules.put(
        "9: no package is util, common, impl, helper, model or dto",
        noClasses()
            .should()
            .resideInAnyPackage(
                "..util..", "..common..", "..impl..", "..helper..", "..model..", "..dto.."));
    rules.put(
        "9: no java.util.logging",
        noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging.."));
    rules.put(
        "9: no System.out, but for the entry of a child process, which answers there",
        noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Main")
            .should()
            .accessField(System.class, "out"));
    return rules;
  }

  private static Map<String, ArchRule> members() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put(
        "10: fields of public classes are private and final",
        fields().that(Targets.fieldsOfPublicClasses()).should().bePrivate().andShould().beFinal());
    rules.put(
        "10: no public method has a parameter that is an Optional",
        methods()
            .that(Targets.publicMethods())
            .should()
            .notHaveRawParameterTypes(Targets.anOptional()));
    rules.put(
        "10: no public method has a flag for a parameter",
        methods()
            .that(Targets.publicMethodsOutsideOfBuilders())
            .should()
            .notHaveRawParameterTypes(Targets.aFlag()));
    return rules;
  }
}
