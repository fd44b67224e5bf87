package dev.finetune4j.huggingface.hub;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The JSON lines of a commit, written to a temporary file so that a commit of many small files
 * needs little memory.
 */
final class CommitBody implements AutoCloseable {
  private final Path file;

  CommitBody() {
    try {
      file = Files.createTempFile("finetune4j-commit", ".ndjson");
    } catch (IOException e) {
      throw new DataFileException("write", Path.of(System.getProperty("java.io.tmpdir", ".")), e);
    }
  }

  /** Writes the commit and returns its file. */
  Path write(HubCommit commit, Preupload sorted, @Nullable String parent) {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 64 << 10)) {
      JsonObject header =
          JsonObject.empty().put("summary", commit.summary()).put("description", "");
      line(out, "header", header.putIfPresent("parentCommit", parent));
      for (NewFile small : sorted.small()) {
        small(out, small);
      }
      for (var large : sorted.large().entrySet()) {
        line(
            out,
            "lfsFile",
            JsonObject.empty()
                .put("path", large.getKey().path())
                .put("algo", "sha256")
                .put("oid", large.getValue())
                .put("size", large.getKey().size()));
      }
      for (String path : commit.deletions()) {
        String key = path.endsWith("/") ? "deletedFolder" : "deletedFile";
        line(out, key, JsonObject.empty().put("path", path));
      }
    } catch (IOException e) {
      throw new DataFileException("write", file, e);
    }
    return file;
  }

  private static void small(OutputStream out, NewFile file) throws IOException {
    String rest = JsonObject.empty().put("path", file.path()).put("encoding", "base64").toString();
    text(out, "{\"key\":\"file\",\"value\":{\"content\":\"");
    file.read(
        in -> {
          try (OutputStream encoder = Base64.getEncoder().wrap(new Unclosed(out))) {
            return in.transferTo(encoder);
          }
        });
    text(out, "\"," + rest.substring(1) + "}\n");
  }

  private static void line(OutputStream out, String key, JsonObject value) throws IOException {
    text(out, JsonObject.empty().put("key", key).put("value", value) + "\n");
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Stays open when an encoder is closed, which writes its last characters. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new DataFileException("delete", file, e);
    }
  }
}
