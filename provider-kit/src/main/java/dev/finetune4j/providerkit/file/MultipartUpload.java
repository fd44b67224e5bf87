package dev.finetune4j.providerkit.file;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.FormContent;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Idempotency;
import dev.finetune4j.providerkit.RequestContent;
import dev.finetune4j.providerkit.TransferListener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uploads one file in parts: starts the upload, sends parts in parallel, and completes it with
 * their order and the MD5 of the file. After any failure the upload is cancelled at the service.
 */
final class MultipartUpload {
  private static final Logger LOG = LoggerFactory.getLogger(MultipartUpload.class);
  private static final String TYPE = "text/jsonl";

  private final HttpTransport transport;
  private final FileSettings settings;
  private final FileUpload upload;

  MultipartUpload(HttpTransport transport, FileSettings settings, FileUpload upload) {
    this.transport = transport;
    this.settings = settings;
    this.upload = upload;
  }

  StoredFile run() {
    String id = begin();
    boolean completed = false;
    ParallelParts.Source source =
        new ParallelParts.Source(
            upload.name(),
            upload.bytes(),
            settings.partBytes(),
            settings.parallelParts(),
            upload.progress());
    try (ParallelParts parts = new ParallelParts(transport.provider(), source)) {
      parts.start((index, progress) -> send(id, source, index, progress));
      // The caller's thread hashes while the others send.
      String md5 = ContentHash.md5(upload);
      List<String> ids = parts.await();
      StoredFile file = complete(id, ids, md5);
      completed = true;
      return file;
    } finally {
      if (!completed) {
        cancel(id);
      }
    }
  }

  private String send(
      String id, ParallelParts.Source source, int index, TransferListener progress) {
    RequestContent part =
        RequestContent.of(upload.file(), source.offset(index), source.length(index));
    // Safe: a part that arrived twice is named once when the upload is completed.
    ApiRequest call =
        ApiRequest.post("uploads/{upload}/parts", id)
            .form(FormContent.empty().file("data", upload.name(), part).progress(progress))
            .idempotency(Idempotency.SAFE);
    return transport.send(call, answer -> answer.requireString("id"));
  }

  // Safe: an incomplete upload expires, so a second one does no harm.
  private String begin() {
    JsonObject body =
        JsonObject.empty()
            .put("filename", upload.name())
            .put("purpose", upload.purpose())
            .put("bytes", upload.bytes())
            .put("mime_type", TYPE);
    upload
        .expiry()
        .ifPresent(
            expiry ->
                body.put(
                    "expires_after",
                    JsonObject.empty()
                        .put("anchor", "created_at")
                        .put("seconds", expiry.toSeconds())));
    return transport.send(
        ApiRequest.post("uploads").json(body).idempotency(Idempotency.SAFE),
        answer -> answer.requireString("id"));
  }

  private StoredFile complete(String id, List<String> parts, String md5) {
    JsonObject body = JsonObject.empty().put("part_ids", parts).put("md5", md5);
    return transport.send(
        ApiRequest.post("uploads/{upload}/complete", id).json(body),
        answer -> StoredFile.of(answer.requireObject("file")));
  }

  private void cancel(String id) {
    // An interrupt would end this request too, and the parts would be kept until they expire.
    boolean interrupted = Thread.interrupted();
    try {
      transport.send(ApiRequest.post("uploads/{upload}/cancel", id).idempotency(Idempotency.SAFE));
    } catch (FineTuningException e) {
      LOG.warn("Upload {} could not be cancelled; it expires by itself. {}", id, e.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
