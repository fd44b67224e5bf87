package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.exchange.Findings;
import dev.finetune4j.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the member {@code prompts} in all its forms. Not thread-safe. */
final class PromptReading {
  private static final Pattern SEPARATOR = Pattern.compile("(?m)^---\\s*$");
  private static final Pattern FILE_NAME =
      Pattern.compile(
          "\\S+\\.(txt|jsonl?|ya?ml|md|j2|csv|(py|[cm]?[jt]s|rb|sh|go)(:\\w+)?)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern OTHER_SOURCE =
      Pattern.compile("[a-z][a-z0-9+.-]*://\\S+", Pattern.CASE_INSENSITIVE);
  private final ReferencedFiles files;
  private final Findings findings;
  private final List<PromptTemplateText> prompts = new ArrayList<>();

  PromptReading(ReferencedFiles files, Findings findings) {
    this.files = files;
    this.findings = findings;
  }

  List<PromptTemplateText> read(@Nullable Object written) {
    if (written instanceof Map<?, ?> byFile) {
      byFile.forEach((file, label) -> prompt("$.prompts", file, String.valueOf(label)));
    } else if (written instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        prompt("$.prompts[" + i + "]", list.get(i), "");
      }
    } else {
      // Without prompts, promptfoo asks the variable "prompt".
      prompt("$.prompts", written == null ? "{{prompt}}" : written, "");
    }
    if (prompts.isEmpty() && findings.all().isEmpty()) {
      findings.error(
          "no-prompt", "$.prompts", "There is no prompt.", "Give at least one prompt as text.");
    }
    return prompts;
  }

  private void prompt(String place, @Nullable Object written, String label) {
    if (written instanceof Map<?, ?> map) {
      JsonObject prompt = JsonObject.of(map);
      Members.report(prompt, place, findings, "raw", "id", "label", "display");
      Object raw = prompt.asMap().get("raw");
      Object id = prompt.asMap().get("id");
      Object name = prompt.asMap().get("label");
      prompt(place, raw == null ? id : raw, name == null ? "" : String.valueOf(name));
      return;
    }
    String text = String.valueOf(written);
    if (OTHER_SOURCE.matcher(text.strip()).matches() && !ReferencedFiles.isReference(text)) {
      findings.error(
          "source-not-read",
          place,
          "\"" + text + "\" is not on this machine.",
          "Download the prompt and write it as text or into a file.");
      return;
    }
    boolean isFile =
        text.startsWith(ReferencedFiles.SCHEME) || FILE_NAME.matcher(text.trim()).matches();
    if (!isFile) {
      add(place, text, label);
      return;
    }
    for (Path file : files.files(text, place)) {
      files.text(file, place).ifPresent(content -> file(place, file, content, label));
    }
  }

  private void file(String place, Path file, String content, String label) {
    String extension = ReferencedFiles.extension(file);
    String name = label.isEmpty() ? String.valueOf(file.getFileName()) : label;
    if (extension.equals("txt")) {
      String[] parts = SEPARATOR.split(content, -1);
      for (int i = 0; i < parts.length; i++) {
        if (!parts[i].isBlank()) {
          add(place, parts[i].strip(), parts.length == 1 ? name : name + "#" + (i + 1));
        }
      }
    } else if (extension.equals("csv") || extension.equals("jsonl")) {
      findings.error(
          "prompt-file-not-read",
          place,
          "Prompts in a file of the kind ." + extension + " are not read.",
          "Write each prompt into a .txt, .json or .yaml file.");
    } else {
      add(place, content, name);
    }
  }

  private void add(String place, String text, String label) {
    Nunjucks.obstacle(text)
        .ifPresent(
            obstacle ->
                findings.error(
                    "template-not-fillable",
                    place,
                    "The prompt uses " + obstacle + ", which this library does not work out.",
                    "Write the prompt with plain {{name}} places, and put what it works out into"
                        + " the tests."));
    PromptTemplateText prompt =
        new PromptTemplateText(label.isEmpty() ? "prompt " + (prompts.size() + 1) : label, text);
    prompt.otherParts().stream()
        .distinct()
        .forEach(
            kind ->
                findings.error(
                    "prompt-part-not-read",
                    place,
                    "The prompt has a part of the kind \"" + kind + "\", and only text is read.",
                    "Ask this prompt with promptfoo, or describe the part in words."));
    prompts.add(prompt);
  }
}
