package dev.finetune4j.buildrules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The rules for a module, one test each.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> walls() {
 *   return Architecture.ofProvider("dev.finetune4j.openai");
 * }
 * }</pre>
 *
 * <p>Stateless and thread-safe. Reads the classes on the class path.
 */
public final class Architecture {
  private static final String ROOT = "dev.finetune4j";

  private Architecture() {}

  /**
   * Returns the rules for core: its layers, what each may use, and how its code is written.
   *
   * @param member a class of core; all classes that were built together with it are checked
   */
  public static Stream<DynamicTest> ofCore(Class<?> member) {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.putAll(CoreRules.of(ROOT));
    rules.putAll(CodeRules.of(ROOT));
    return tests(rules, moduleOf(member));
  }

  /** Returns the rules for provider-kit: it knows core and no provider. */
  public static Stream<DynamicTest> ofProviderKit() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.putAll(ModuleRules.ofKit(ROOT));
    rules.putAll(CodeRules.of(ROOT));
    return tests(rules, classesIn(ROOT + ".providerkit"));
  }

  /** Returns the rules for the provider whose classes are all in {@code rootPackage}. */
  public static Stream<DynamicTest> ofProvider(String rootPackage) {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.putAll(ModuleRules.ofProvider(ROOT, rootPackage));
    rules.putAll(CodeRules.of(ROOT));
    return tests(rules, classesIn(rootPackage));
  }

  /** Returns the rules for a module beside core whose classes are in {@code rootPackage}. */
  public static Stream<DynamicTest> ofExtension(String rootPackage) {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.putAll(ModuleRules.ofExtension(ROOT));
    rules.putAll(CodeRules.of(ROOT));
    return tests(rules, classesIn(rootPackage));
  }

  private static Stream<DynamicTest> tests(Map<String, ArchRule> rules, JavaClasses classes) {
    return rules.entrySet().stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.getKey(), () -> rule.getValue().allowEmptyShould(true).check(classes)));
  }

  private static JavaClasses classesIn(String rootPackage) {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages(rootPackage);
  }

  /** Imports all that was built together with {@code member}: a folder of classes, or a jar. */
  private static JavaClasses moduleOf(Class<?> member) {
    URL location = member.getProtectionDomain().getCodeSource().getLocation();
    try {
      Path path = Path.of(location.toURI());
      if (Files.isDirectory(path)) {
        return new ClassFileImporter().importPath(path);
      }
      try (JarFile jar = new JarFile(path.toFile())) {
        return new ClassFileImporter().importJar(jar);
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Not a class location: " + location, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
