package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.MultipartForm;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.StoredContent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Uploads: large files in parts (reference: "OpenAI Uploads"). */
final class UploadRoutes {
  private static final long MAXIMUM_PART_BYTES = 64L << 20;
  private static final long MAXIMUM_BYTES = 8L << 30;

  private final State state;

  UploadRoutes(State state) {
    this.state = state;
  }

  void addTo(Routes routes) {
    routes
        .add("POST", "/uploads", this::create)
        .add("POST", "/uploads/{upload_id}/parts", this::part)
        .add("POST", "/uploads/{upload_id}/complete", this::complete)
        .add("POST", "/uploads/{upload_id}/cancel", this::cancel);
  }

  private SimulatedResponse create(SimulatedRequest request) throws ErrorResponseException {
    JsonObject body = request.json();
    String purpose = body.findString("purpose").orElse("");
    String filename = body.findString("filename").orElse("");
    FileRoutes.checkPurpose(purpose);
    FileRoutes.checkName(purpose, filename);
    long bytes = body.findLong("bytes").orElse(0);
    if (bytes < 1 || bytes > MAXIMUM_BYTES) {
      throw OpenAiErrors.invalid(
          "bytes", null, "The size of an upload is between 1 and " + MAXIMUM_BYTES + " bytes.");
    }
    if (body.findString("mime_type").isEmpty()) {
      throw OpenAiErrors.invalid(
          "mime_type", "missing_required_parameter", "Missing required parameter: 'mime_type'.");
    }
    @Nullable Duration expiry = null;
    JsonObject expires = body.findObject("expires_after").orElse(null);
    if (expires != null) {
      expiry =
          FileRoutes.expiry(
              expires.findString("anchor").orElse(""), expires.findLong("seconds").orElse(0));
    }
    synchronized (state) {
      Instant now = state.advance();
      SimulatedUpload upload =
          new SimulatedUpload(
              state.ids.next("upload_", 24),
              new SimulatedUpload.Announced(filename, purpose, bytes, expiry),
              now);
      state.uploads.put(upload.id, upload);
      return SimulatedResponse.json(upload.toJson(state.settings.dialect, now));
    }
  }

  private SimulatedResponse part(SimulatedRequest request) throws ErrorResponseException {
    MultipartForm form = request.form(state.contents);
    StoredContent data =
        form.file("data")
            .map(MultipartForm.FormFile::content)
            .orElseThrow(() -> OpenAiErrors.invalid("data", null, "'data' is a required property"));
    if (data.size() > MAXIMUM_PART_BYTES) {
      throw OpenAiErrors.invalid("data", null, "A part has at most 64 MB.");
    }
    synchronized (state) {
      Instant now = state.advance();
      SimulatedUpload upload = pending(request, now);
      String id = state.ids.next("part_", 24);
      upload.parts.put(id, data);
      return SimulatedResponse.json(
          JsonObject.empty()
              .put("id", id)
              .put("object", "upload.part")
              .put("created_at", now.getEpochSecond())
              .put("upload_id", upload.id));
    }
  }

  private SimulatedResponse complete(SimulatedRequest request) throws ErrorResponseException {
    JsonObject body = request.json();
    SimulatedUpload upload;
    StoredContent whole;
    synchronized (state) {
      upload = pending(request, state.advance());
      whole = joined(upload, body.list("part_ids"));
    }
    // Outside of the monitor: the sum over gigabytes takes seconds.
    String md5 = body.findString("md5").orElse("");
    if (!md5.isEmpty() && !md5.equals(whole.md5())) {
      throw OpenAiErrors.invalid("md5", null, "The MD5 checksum does not fit the parts.");
    }
    synchronized (state) {
      Instant now = state.advance();
      pending(request, now);
      state.filesUploaded++;
      SimulatedUpload.Announced announced = upload.announced;
      Duration processing = state.settings.durations.fileProcessing();
      upload.complete(
          state.keep(
              announced.filename(),
              announced.purpose(),
              whole,
              new State.Lifetime(now, processing, announced.expiry())));
      return SimulatedResponse.json(upload.toJson(state.settings.dialect, now));
    }
  }

  private static StoredContent joined(SimulatedUpload upload, List<@Nullable Object> ids)
      throws ErrorResponseException {
    List<StoredContent> parts = new ArrayList<>();
    for (Object id : ids) {
      StoredContent part = upload.parts.get(String.valueOf(id));
      if (part == null) {
        throw OpenAiErrors.invalid("part_ids", null, "No such part of this upload: " + id);
      }
      parts.add(part);
    }
    StoredContent whole = StoredContent.joined(parts);
    if (whole.size() != upload.announced.bytes()) {
      throw OpenAiErrors.invalid(
          "part_ids",
          null,
          "The parts have %d bytes, and %d were announced."
              .formatted(whole.size(), upload.announced.bytes()));
    }
    return whole;
  }

  private SimulatedResponse cancel(SimulatedRequest request) throws ErrorResponseException {
    synchronized (state) {
      Instant now = state.advance();
      SimulatedUpload upload = pending(request, now);
      upload.cancel();
      return SimulatedResponse.json(upload.toJson(state.settings.dialect, now));
    }
  }

  private SimulatedUpload pending(SimulatedRequest request, Instant now)
      throws ErrorResponseException {
    String id = request.variable("upload_id");
    SimulatedUpload upload = state.uploads.get(id);
    if (upload == null) {
      throw OpenAiErrors.notFound("upload_id", null, "No such Upload object: " + id);
    }
    if (!upload.status(now).equals("pending")) {
      throw OpenAiErrors.invalid(
          "upload_id", null, "The upload " + id + " is " + upload.status(now) + ".");
    }
    return upload;
  }
}
