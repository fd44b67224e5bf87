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
 * FormContent.of("purpose", "fine-tune").file("file", "recipes.jsonl", RequestContent.of(path))
 * }</pre>
 */
public final class FormContent {
  private static final MediaType BYTES = MediaType.get("application/octet-stream");

  private final Map<String, String> fields;
  private final @Nullable Attachment attachment;
  private final TransferListener progress;

  private FormContent(
      Map<String, String> fields, @Nullable Attachment attachment, TransferListener progress) {
    this.fields = fields;
    this.attachment = attachment;
    this.progress = progress;
  }

  private record Attachment(String field, String filename, RequestContent content) {}

  /** Returns a form without a field. */
  public static FormContent empty() {
    return new FormContent(Map.of(), null, TransferListener.NONE);
  }

  /** Returns a form of one field. */
  public static FormContent of(String name, String value) {
    return empty().field(name, value);
  }

  /** Returns this form with one field more, or another value of it. */
  public FormContent field(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(name, Objects.requireNonNull(value, "value"));
    return new FormContent(more, attachment, progress);
  }

  /**
   * Returns this form with a file, which travels behind the fields.
   *
   * @param filename printable ASCII: services disagree on how to read anything else
   */
  public FormContent file(String field, String filename, RequestContent content) {
    if (!filename.matches("[ -~]+")) {
      throw new IllegalArgumentException(
          "The file name \"" + filename + "\" is not printable ASCII; send it under another name.");
    }
    return new FormContent(fields, new Attachment(field, filename, content), progress);
  }

  /** Returns this form with a listener for the progress of the file. */
  public FormContent progress(TransferListener listener) {
    return new FormContent(fields, attachment, listener);
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
