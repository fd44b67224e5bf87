package dev.finetune4j.providerkit.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;

/** Jars for tests. */
final class JarFiles {
  static final String GREETER = Greeter.class.getName().replace('.', '/') + ".class";

  private JarFiles() {}

  /** Returns a jar that holds {@link Greeter}. */
  static byte[] greeter() throws IOException {
    try (InputStream code = Greeter.class.getClassLoader().getResourceAsStream(GREETER)) {
      return jar(new Manifest(), Map.of(GREETER, Objects.requireNonNull(code).readAllBytes()));
    }
  }

  /** Returns an empty jar whose manifest names another jar. */
  static byte[] naming(String classPath) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    return jar(manifest, Map.of());
  }

  /** Writes a jar that holds another, uncompressed, as Spring Boot does. */
  static Path nesting(Path file, String entry, byte[] inner) throws IOException {
    return Files.write(file, jar(new Manifest(), Map.of(entry, inner)));
  }

  private static byte[] jar(Manifest manifest, Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (Map.Entry<String, byte[]> each : entries.entrySet()) {
        CRC32 checksum = new CRC32();
        checksum.update(each.getValue());
        JarEntry entry = new JarEntry(each.getKey());
        entry.setMethod(JarEntry.STORED);
        entry.setSize(each.getValue().length);
        entry.setCrc(checksum.getValue());
        jar.putNextEntry(entry);
        jar.write(each.getValue());
      }
    }
    return bytes.toByteArray();
  }
}
