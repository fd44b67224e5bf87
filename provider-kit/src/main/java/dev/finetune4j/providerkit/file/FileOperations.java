package dev.finetune4j.providerkit.file;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.FormContent;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Polling;
import dev.finetune4j.providerkit.Query;
import dev.finetune4j.providerkit.RequestContent;
import dev.finetune4j.providerkit.TransferListener;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The files of one service. Blocking and thread-safe; errors are those of the transport, which
 * belongs to the caller.
 *
 * <pre>{@code
 * FileOperations files = new FileOperations(transport, FileSettings.standard(), time);
 * StoredFile stored = files.upload(FileUpload.of(path, "batch"));
 * stored = files.awaitProcessed(stored.id(), PollingSchedule.standard());
 * }</pre>
 */
public final class FileOperations {
  private final HttpTransport transport;
  private final HttpTransport partsTransport;
  private final FileSettings settings;
  private final Time time;

  /** Makes them from a transport to the base of the dialect, below which {@code files} is. */
  public FileOperations(HttpTransport transport, FileSettings settings, Time time) {
    this(transport, transport, settings, time);
  }

  private FileOperations(
      HttpTransport transport, HttpTransport parts, FileSettings settings, Time time) {
    this.transport = Objects.requireNonNull(transport, "transport");
    this.partsTransport = Objects.requireNonNull(parts, "parts");
    this.settings = Objects.requireNonNull(settings, "settings");
    this.time = Objects.requireNonNull(time, "time");
  }

  /** Returns these with another base for files in parts, where a service has them elsewhere. */
  public FileOperations partsThrough(HttpTransport other) {
    return new FileOperations(transport, other, settings, time);
  }

  /** Returns what is allowed. */
  public FileSettings settings() {
    return settings;
  }

  /**
   * Lets the service fetch training data itself, where it can. One request, never sent twice; it
   * takes the way of files in parts.
   *
   * @param content from where, for example blob storage with a signature in the address
   * @param filename what the file is called at the service
   */
  public StoredFile importFrom(URI content, String filename) {
    JsonObject body =
        JsonObject.empty()
            .put("purpose", "fine-tune")
            .put("filename", filename)
            .put("content_url", content.toString());
    return partsTransport.send(ApiRequest.post("files/import").json(body), StoredFile::of);
  }

  /**
   * Sends a file: in one request, or above {@link FileSettings#largestWholeBytes} in parallel
   * parts, in constant memory. Not sent again after a lost answer, since it could then be there
   * twice; see {@link #uploadIfAbsent}.
   *
   * @throws InvalidRequestException if it is larger than the service allows, or its expiry outside
   *     the allowed range; nothing is sent then
   */
  public StoredFile upload(FileUpload upload) {
    requireAllowed(upload);
    if (upload.bytes() > settings.largestWholeBytes()) {
      return new MultipartUpload(partsTransport, settings, upload).run();
    }
    FormContent form = FormContent.of("purpose", upload.purpose());
    if (upload.expiry().isPresent()) {
      form =
          form.field(settings.expiryField("anchor"), "created_at")
              .field(settings.expiryField("seconds"), "" + upload.expiry().get().toSeconds());
    }
    form =
        form.file("file", upload.name(), RequestContent.of(upload.file()))
            .progress(upload.progress());
    return transport.send(ApiRequest.post("files").form(form), StoredFile::of);
  }

  /**
   * Returns the file of that purpose, name and size that the service already has, or else sends it.
   * Meant for names that carry a fingerprint of the content. After a lost answer it looks for the
   * file before it sends it again, at most 3 times in all.
   */
  public StoredFile uploadIfAbsent(FileUpload upload) {
    return new UniqueUpload(this, upload).run();
  }

  /** Fetches what the service says of a file now. One request. */
  public StoredFile fetch(String id) {
    return transport.send(ApiRequest.get("files/{file}", id), StoredFile::of);
  }

  /** Returns the files of a purpose, newest first as a rule. Lazy: one request for each page. */
  public Stream<StoredFile> list(String purpose) {
    return list(Query.of("purpose", purpose));
  }

  /** Returns all files, newest first as a rule. Lazy: one request for each page. */
  public Stream<StoredFile> list() {
    return list(Query.empty());
  }

  private Stream<StoredFile> list(Query query) {
    return Stream.iterate(
            FilePage.fetch(transport, query, null),
            Objects::nonNull,
            page -> page.hasMore() ? FilePage.fetch(transport, query, page.lastId()) : null)
        .flatMap(page -> page.files().stream());
  }

  /** Deletes a file; it is no error if it does not exist. One request, more if it is retried. */
  public void delete(String id) {
    try {
      transport.send(ApiRequest.delete("files/{file}", id));
    } catch (NotFoundException gone) {
      return;
    }
  }

  /**
   * Downloads the content of a file; see {@link HttpTransport#download}.
   *
   * @return its size in bytes
   */
  public long download(String id, Path file, TransferListener progress) {
    return transport.download(ApiRequest.get("files/{file}/content", id), file, progress);
  }

  /**
   * Returns the content of a file as UTF-8 text. One request.
   *
   * @throws dev.finetune4j.error.UnexpectedResponseException if it is longer than {@code
   *     maximumBytes}
   */
  public String content(String id, long maximumBytes) {
    return transport
        .send(ApiRequest.get("files/{file}/content", id).maximumBytes(maximumBytes))
        .text();
  }

  /**
   * Waits until a file can be used. One request for each interval of the schedule.
   *
   * @throws InvalidRequestException if the service refused the file; says why
   * @throws NotFoundException if the file has been deleted
   * @throws ProviderUnavailableException if the schedule gives up first; the file is not touched
   * @throws InterruptedException if the thread is interrupted between two requests
   */
  public StoredFile awaitProcessed(String id, PollingSchedule schedule)
      throws InterruptedException {
    return Polling.of(schedule, time)
        .until(
            () -> fetch(id),
            this::isProcessed,
            file ->
                new ProviderUnavailableException(
                    failure(id + " is still \"" + file.statusWord() + "\"; wait again later."),
                    null));
  }

  private boolean isProcessed(StoredFile file) {
    requireHope(file);
    return file.status() == FileStatus.PROCESSED;
  }

  ProviderFailure failure(String message) {
    return ProviderFailure.of(transport.provider(), "File " + message);
  }

  private void requireHope(StoredFile file) {
    if (file.status() == FileStatus.ERROR) {
      throw new InvalidRequestException(
          failure(file.id() + " was refused: " + file.statusDetails().orElse("no explanation")));
    } else if (file.status() == FileStatus.DELETED) {
      throw new NotFoundException(failure(file.id() + " has been deleted."));
    }
  }

  private void requireAllowed(FileUpload upload) {
    if (upload.bytes() > settings.largestBytes()) {
      throw new InvalidRequestException(
          failure(
              upload.name()
                  + " has "
                  + upload.bytes()
                  + " bytes, and "
                  + settings.largestBytes()
                  + " are allowed. Send fewer examples."));
    }
    Duration expiry = upload.expiry().orElse(settings.shortestExpiry());
    if (expiry.compareTo(settings.shortestExpiry()) < 0
        || expiry.compareTo(settings.longestExpiry()) > 0) {
      throw new InvalidRequestException(
          failure(
              upload.name()
                  + " would expire after "
                  + expiry
                  + ", and allowed are "
                  + settings.shortestExpiry()
                  + " to "
                  + settings.longestExpiry()
                  + "."));
    }
  }
}
