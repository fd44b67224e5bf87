package dev.finetune4j.testkit.specification;

/**
 * Where OpenAI's published document and its service are known to differ, each with its source. A
 * violation that is one of these is not reported.
 */
public enum KnownGap {
  /** Paused jobs have a status that the list of statuses lacks. */
  PAUSED_IS_A_STATUS(
      "/fine_tuning/jobs", "status", "does not have a value in the enumeration", "4.3"),
  /** A job without an error shows an empty object, whose members the document requires. */
  EMPTY_ERROR("/fine_tuning/jobs", "error", "", "4.2"),
  /** Jobs of other methods than supervised have null for the top-level hyperparameters. */
  NO_TOP_LEVEL_HYPERPARAMETERS("/fine_tuning/jobs", "hyperparameters", "null found", "4.2"),
  /** Result files have a purpose that a request may not name, evals one that an object lacks. */
  PURPOSE_OF_EVALS("/files", "purpose", "does not have a value in the enumeration", "2"),
  /** What a batch does not have yet is null in the document's own examples. */
  BATCH_MEMBERS_ARE_NULL("/batches", "", "null found", "8"),
  /** An empty list has no first and no last id. */
  EMPTY_LIST_HAS_NO_ENDS("", "_id", "null found", "1"),
  /** The graders of a multi grader are a map, and the document has a single grader there. */
  MULTI_GRADERS_ARE_A_MAP("/fine_tuning", "grader", "", "6"),
  /** Reinforcement takes a response_format, which the document leaves out. */
  RESPONSE_FORMAT("/fine_tuning/jobs", "response_format", "", "4.1");

  private final String path;
  private final String member;
  private final String message;
  private final String section;

  KnownGap(String path, String member, String message, String section) {
    this.path = path;
    this.member = member;
    this.message = message;
    this.section = section;
  }

  /** Returns where it is written down: the section of the reference on OpenAI's wire facts. */
  public String source() {
    return "reference/openai-azure.md, section " + section;
  }

  /** Returns whether a violation at {@code place} on the route {@code template} is this gap. */
  boolean covers(String template, String place, String violation) {
    return template.startsWith(path) && place.contains(member) && violation.contains(message);
  }
}
