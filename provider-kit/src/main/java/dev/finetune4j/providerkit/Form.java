package dev.finetune4j.providerkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * The body of an upload, {@code multipart/form-data}: fields, and a file that is streamed in
 * constant memory. Immutable; thread-safe.
 *
 * <pre>{@code
 * Form.of("purpose", "fine-tune").file("file", "recipes.jsonl", Content.of(path))
 * }</pre>
 */
public final class Form {
  private static final MediaType BYTES = MediaType.get("application/octet-stream");

  private final Map<String, String> fields;
  private final @Nullable Attachment attachment;
  private final TransferListener progress;

  private Form(
      Map<String, String> fields, @Nullable Attachment attachment, TransferListener progress) {
    this.fields = fields;
    this.attachment = attachment;
    this.progress = progress;
  }

  private record Attachment(String field, String filename, Content content) {}

  /** Returns a form without a field. */
  public static Form empty() {
    return new Form(Map.of(), null, TransferListener.NONE);
  }

  /** Returns a form of one field. */
  public static Form of(String name, String value) {
    return empty().field(name, value);
  }

  /** Returns this form with one field more, or another value of it. */
  public Form field(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(name, Objects.requireNonNull(value, "value"));
    return new Form(more, attachment, progress);
  }

  /**
   * Returns this form with a file, which travels behind the fields.
   *
   * @param filename printable ASCII: services disagree on how to read anything else
   */
  public Form file(String field, String filename, Content content) {
    if (!filename.matches("[ -~]+")) {
      throw new IllegalArgumentException(
          "The file name \"" + filename + "\" is not printable ASCII; send it under another name.");
    }
    return new Form(fields, new Attachment(field, filename, content), progress);
  }

  /** Returns this form with somebody who is told how much of the file is sent. */
  public Form progress(TransferListener listener) {
    return new Form(fields, attachment, listener);
  }

  RequestBody body() {
    MultipartBody.Builder body = new MultipartBody.Builder().setType(MultipartBody.FORM);
    fields.forEach(body::addFormDataPart);
    if (attachment != null) {
      body.addFormDataPart(
          attachment.field(),
          attachment.filename(),
          new ContentBody(attachment.content(), BYTES, progress));
    }
    return body.build();
  }

  /** Returns the names of the fields and the size of the file. */
  @Override
  public String toString() {
    return "Form("
        + fields.keySet()
        + (attachment == null ? "" : ", " + attachment.content())
        + ")";
  }
}
