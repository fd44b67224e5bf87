package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * The BOM has no parent, so that importing it manages nothing but what it lists. Its versions are
 * therefore written twice, here and in the parent's properties.
 */
class BomVersionsTest {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "com.squareup.okhttp3", "okhttp.version",
          "com.squareup.okio", "okio.version",
          "org.jetbrains.kotlin", "kotlin.version",
          "com.squareup.moshi", "moshi.version",
          "io.github.resilience4j", "resilience4j.version");

  @Test
  void theBomAndTheParentNameTheSameVersions() throws Exception {
    Document parent = read("pom.xml");
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> managed = new TreeMap<>();

    NodeList dependencies = read("bom/pom.xml").getElementsByTagName("dependency");
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      String group = text(dependency, "groupId");
      String artifact = group + ":" + text(dependency, "artifactId");
      managed.put(artifact, text(dependency, "version"));
      expected.put(
          artifact,
          group.equals("dev.finetune4j")
              ? "${project.version}"
              : text(
                  parent.getDocumentElement(),
                  Objects.requireNonNull(PROPERTIES.get(group), group)));
    }

    assertThat(managed).isNotEmpty().isEqualTo(expected);
  }

  @Test
  void theBomAndTheParentHaveTheSameVersion() throws Exception {
    assertThat(version(read("bom/pom.xml"))).isEqualTo(version(read("pom.xml")));
  }

  private static String version(Document pom) {
    NodeList children = pom.getDocumentElement().getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      Node child = children.item(i);
      if (child.getNodeName().equals("version")) {
        return child.getTextContent();
      }
    }
    throw new AssertionError("The pom has no version of its own.");
  }

  private static Document read(String pom) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(Path.of("..").resolve(pom).toFile());
  }

  private static String text(Element element, String name) {
    return element.getElementsByTagName(name).item(0).getTextContent();
  }
}
