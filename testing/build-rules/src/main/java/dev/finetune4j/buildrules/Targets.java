package dev.finetune4j.buildrules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/** What the rules speak of, in their words. */
final class Targets {

  /** What asks the machine for the time, for chance, or for a pause. */
  private static final Set<String> TIME_OR_CHANCE =
      Set.of(
          "java.lang.Thread.sleep",
          "java.lang.System.currentTimeMillis",
          "java.lang.Math.random",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.util.concurrent.ThreadLocalRandom.current",
          "java.util.concurrent.TimeUnit.sleep");

  private static final List<Class<?>> OPTIONALS =
      List.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  private Targets() {}

  static DescribedPredicate<JavaAccess<?>> timeOrChance() {
    return describe(
        "asks the machine for time, chance or a pause", access -> isForbidden(access.getTarget()));
  }

  private static boolean isForbidden(AccessTarget target) {
    boolean unseeded =
        target.getOwner().isEquivalentTo(Random.class)
            && target instanceof AccessTarget.ConstructorCallTarget constructor
            && constructor.getRawParameterTypes().isEmpty();
    return unseeded
        || TIME_OR_CHANCE.contains(target.getOwner().getName() + "." + target.getName());
  }

  static DescribedPredicate<JavaField> fieldsOfPublicClasses() {
    return describe(
        "are fields of public classes that users see, except constants, builders and parsers",
        field ->
            isSeen(field)
                && !isInBuilder(field)
                && !isConstant(field)
                && !field.getOwner().getSimpleName().endsWith("Parser"));
  }

  static DescribedPredicate<JavaMethod> publicMethods() {
    return describe(
        "are public methods of public classes that users see",
        method ->
            isSeen(method)
                && method.getModifiers().contains(JavaModifier.PUBLIC)
                && !takesCursor(method));
  }

  static DescribedPredicate<JavaMethod> publicMethodsOutsideOfBuilders() {
    return describe(
        "are public methods of public classes that users see and that are no builders",
        method -> publicMethods().test(method) && !isInBuilder(method));
  }

  static DescribedPredicate<List<JavaClass>> anOptional() {
    return describe(
        "an Optional",
        parameters ->
            parameters.stream()
                .anyMatch(parameter -> OPTIONALS.stream().anyMatch(parameter::isEquivalentTo)));
  }

  static DescribedPredicate<List<JavaClass>> aFlag() {
    return describe(
        "a flag",
        parameters ->
            parameters.stream()
                .anyMatch(
                    parameter ->
                        parameter.isEquivalentTo(boolean.class)
                            || parameter.isEquivalentTo(Boolean.class)));
  }

  // The SPI hands the cursor of one page on to the next call as it came, an Optional.
  private static boolean takesCursor(JavaMethod method) {
    return method.getOwner().isAssignableTo("dev.finetune4j.job.JobOperations")
        && Set.of("events", "list").contains(method.getName());
  }

  /**
   * Returns whether users see the class of the member: it is public, and in no internal package.
   */
  private static boolean isSeen(JavaMember member) {
    JavaClass owner = member.getOwner();
    return owner.getModifiers().contains(JavaModifier.PUBLIC)
        && !owner.getPackageName().contains(".internal")
        && owner
            .getEnclosingClass()
            .map(outer -> outer.getModifiers().contains(JavaModifier.PUBLIC))
            .orElse(true);
  }

  private static boolean isInBuilder(JavaMember member) {
    return member.getOwner().getSimpleName().endsWith("Builder") || collects(member.getOwner());
  }

  /** Returns whether the class is a builder by another name: several setters return itself. */
  private static boolean collects(JavaClass owner) {
    return owner.getMethods().stream()
            .filter(method -> method.getRawReturnType().equals(owner))
            .filter(method -> method.getRawParameterTypes().size() == 1)
            .filter(method -> !method.getModifiers().contains(JavaModifier.STATIC))
            .filter(method -> !method.getName().startsWith("with"))
            .count()
        > 2;
  }

  private static boolean isConstant(JavaField field) {
    return field.getModifiers().contains(JavaModifier.STATIC)
        && field.getModifiers().contains(JavaModifier.FINAL);
  }
}
