package dev.finetune4j.simulator.openai;

import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.ListPage;
import dev.finetune4j.simulator.MultipartForm;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files: upload, list, get, delete, content (reference: "OpenAI files"). */
final class FileRoutes {
  private static final long MAXIMUM_BYTES = 512L << 20;
  private static final Set<String> PURPOSES =
      Set.of("assistants", "batch", "fine-tune", "vision", "user_data", "evals");

  private final State state;

  FileRoutes(State state) {
    this.state = state;
  }

  void addTo(Routes routes) {
    routes
        .add("POST", "/files", this::create)
        .add("GET", "/files", this::list)
        .add("GET", "/files/{file_id}", this::fetch)
        .add("DELETE", "/files/{file_id}", this::delete)
        .add("GET", "/files/{file_id}/content", this::content);
  }

  private SimulatedResponse create(SimulatedRequest request) throws ErrorResponseException {
    // The body is taken before the monitor: a slow upload must not stop the others.
    MultipartForm form = request.form(state.contents);
    MultipartForm.FormFile file =
        form.file("file")
            .orElseThrow(() -> OpenAiErrors.invalid("file", null, "'file' is a required property"));
    String purpose = form.field("purpose").orElse("");
    checkPurpose(purpose);
    checkName(purpose, file.filename());
    if (file.content().size() > MAXIMUM_BYTES) {
      throw new ErrorResponseException(
          OpenAiErrors.of(
              413,
              "invalid_request_error",
              "file",
              null,
              "Maximum content size limit (" + MAXIMUM_BYTES + ") exceeded"));
    }
    Duration expiry = expiry(form, purpose);
    synchronized (state) {
      Instant now = state.advance();
      state.filesUploaded++;
      SimulatedFile kept =
          state.keep(
              file.filename(),
              purpose,
              file.content(),
              new State.Lifetime(now, state.settings.durations.fileProcessing(), expiry));
      Dialect dialect = state.settings.dialect;
      return SimulatedResponse.json(dialect.fileCreatedStatus(), kept.toJson(dialect, now));
    }
  }

  static void checkPurpose(String purpose) throws ErrorResponseException {
    if (!PURPOSES.contains(purpose)) {
      throw OpenAiErrors.invalid(
          "purpose",
          null,
          "'" + purpose + "' is not one of " + PURPOSES.stream().sorted().toList());
    }
  }

  static void checkName(String purpose, String filename) throws ErrorResponseException {
    boolean lines = purpose.equals("fine-tune") || purpose.equals("batch");
    if (lines && !filename.endsWith(".jsonl")) {
      throw OpenAiErrors.invalid(
          "file", "invalid_file_format", "Invalid file format for " + purpose + ". Must be .jsonl");
    }
  }

  private static @Nullable Duration expiry(MultipartForm form, String purpose)
      throws ErrorResponseException {
    String seconds = form.field("expires_after[seconds]").orElse("");
    if (seconds.isEmpty()) {
      return purpose.equals("batch") ? Duration.ofDays(30) : null;
    }
    return expiry(form.field("expires_after[anchor]").orElse(""), Long.parseLong(seconds));
  }

  static Duration expiry(String anchor, long seconds) throws ErrorResponseException {
    if (!anchor.equals("created_at")) {
      throw OpenAiErrors.invalid(
          "expires_after[anchor]", null, "The anchor of an expiry is 'created_at'.");
    }
    if (seconds < 3600 || seconds > 2_592_000) {
      throw OpenAiErrors.invalid(
          "expires_after[seconds]", null, "An expiry is between 3600 and 2592000 seconds.");
    }
    return Duration.ofSeconds(seconds);
  }

  private SimulatedResponse list(SimulatedRequest request) throws ErrorResponseException {
    int limit = Lists.limit(request, 10_000, 10_000);
    String purpose = request.query("purpose").orElse("");
    synchronized (state) {
      Instant now = state.advance();
      List<SimulatedFile> found = new ArrayList<>();
      for (SimulatedFile file : state.files.values()) {
        if (purpose.isEmpty() || file.purpose().equals(purpose)) {
          found.add(file);
        }
      }
      boolean ascending = request.query("order").orElse("desc").equals("asc");
      List<SimulatedFile> ordered = ascending ? found : ListPage.reversed(found);
      ListPage<SimulatedFile> page =
          ListPage.of(ordered, SimulatedFile::id, request.query("after").orElse(""), limit);
      return Lists.withEnds(page, SimulatedFile::id, file -> file.toJson(dialect(), now));
    }
  }

  private SimulatedResponse fetch(SimulatedRequest request) throws ErrorResponseException {
    synchronized (state) {
      Instant now = state.advance();
      return SimulatedResponse.json(
          state.requireFile(request.variable("file_id")).toJson(dialect(), now));
    }
  }

  private SimulatedResponse delete(SimulatedRequest request) throws ErrorResponseException {
    synchronized (state) {
      state.advance();
      SimulatedFile file = state.requireFile(request.variable("file_id"));
      state.files.remove(file.id());
      return Lists.deleted("file", file.id());
    }
  }

  private SimulatedResponse content(SimulatedRequest request) throws ErrorResponseException {
    synchronized (state) {
      state.advance();
      SimulatedFile file = state.requireFile(request.variable("file_id"));
      return SimulatedResponse.content(200, "application/octet-stream", file.content())
          .withHeader("Content-Disposition", "attachment; filename=\"" + file.filename() + "\"");
    }
  }

  private Dialect dialect() {
    return state.settings.dialect;
  }
}
