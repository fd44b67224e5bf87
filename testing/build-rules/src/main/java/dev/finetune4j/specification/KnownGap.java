package dev.finetune4j.specification;

import java.util.regex.Pattern;

/**
 * Where OpenAI's published document and its service are known to differ, each with its source. A
 * violation that is one of these is not reported.
 */
public enum KnownGap {
  /** Paused jobs have a status that the list of statuses lacks. */
  PAUSED_IS_A_STATUS("/fine_tuning/jobs", "\\.status$", "value in the enumeration", "4.3"),
  /** A job without an error shows an empty object, whose members the document requires. */
  EMPTY_ERROR("/fine_tuning/jobs", "\\.error$", "required property|null expected", "4.2"),
  /** Jobs of other methods than supervised have null for the top-level hyperparameters. */
  NO_TOP_LEVEL_HYPERPARAMETERS(
      "/fine_tuning/jobs", "^\\$(\\.data\\[\\d+])?\\.hyperparameters$", "null found", "4.2"),
  /** The purpose of evals may be asked for, and the object's list of purposes lacks it. */
  PURPOSE_OF_EVALS("/files", "\\.purpose$", "value in the enumeration", "2"),
  /** What a batch does not have yet is null in the document's own examples. */
  BATCH_MEMBERS_ARE_NULL(
      "/batches",
      "\\.(errors|output_file_id|error_file_id|(?!created)[a-z_]+_at)$",
      "null found",
      "8"),
  /** An empty list has no first and no last id. */
  EMPTY_LIST_HAS_NO_ENDS("", "^\\$\\.(first|last)_id$", "null found", "1"),
  /** Vectors that were asked for in Base64 are a text, and the document has an array there. */
  PACKED_EMBEDDINGS("/embeddings", "\\.embedding$", "string found", "10"),
  /** The graders of a multi grader are a map, and the document has a single grader there. */
  MULTI_GRADERS_ARE_A_MAP("/fine_tuning", "grader", "\"type\" *: *\"multi\"", "6") {
    @Override
    boolean covers(String template, String place, String violation, String body) {
      return isAt(template, place) && matches(body);
    }
  };

  private final String path;
  private final Pattern place;
  private final Pattern text;
  private final String section;

  KnownGap(String path, String place, String text, String section) {
    this.path = path;
    this.place = Pattern.compile(place);
    this.text = Pattern.compile(text);
    this.section = section;
  }

  /** Returns where it is written down: the section of the reference on OpenAI's wire facts. */
  public String source() {
    return "reference/openai-azure.md, section " + section;
  }

  /** Returns whether a violation at {@code place} of {@code body} is this gap. */
  boolean covers(String template, String place, String violation, String body) {
    return isAt(template, place) && matches(violation);
  }

  boolean isAt(String template, String where) {
    return template.startsWith(path) && place.matcher(where).find();
  }

  boolean matches(String candidate) {
    return text.matcher(candidate).find();
  }
}
