package dev.finetune4j.providerkit.file;

import dev.finetune4j.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A snapshot of a file of the service. Immutable; thread-safe.
 *
 * <p>Of the members of the answer only {@code id} must be there: services of this dialect leave out
 * others while a file is being read.
 */
public final class StoredFile {
  private final JsonObject members;
  private final String id;

  private StoredFile(JsonObject members) {
    this.members = members;
    id = members.requireString("id");
  }

  /**
   * Reads an answer.
   *
   * @throws dev.finetune4j.json.JsonSyntaxException if it has no id
   */
  public static StoredFile of(JsonObject answer) {
    return new StoredFile(JsonObject.of(answer.asMap()));
  }

  /** Returns the id by which jobs name it. */
  public String id() {
    return id;
  }

  /** Returns the name that it was sent under; empty text if the service does not say. */
  public String name() {
    return members.findString("filename").orElse("");
  }

  /** Returns its size, empty while the service does not know. */
  public OptionalLong bytes() {
    return members.findLong("bytes");
  }

  /** Returns how far the service is with it; processed if it does not say. */
  public FileStatus status() {
    return FileStatus.of(statusWord());
  }

  /** Returns the service's own word for the status; empty text if it does not say. */
  public String statusWord() {
    return members.findString("status").orElse("");
  }

  /** Returns what the service says of the status, for example why it refused the file. */
  public Optional<String> statusDetails() {
    return Optional.ofNullable(members.asMap().get("status_details"))
        .map(String::valueOf)
        .filter(text -> !text.isBlank());
  }

  /** Returns what it is for, in the service's word; empty text if it does not say. */
  public String purpose() {
    return members.findString("purpose").orElse("");
  }

  /** Returns when it was stored. */
  public Optional<Instant> createdAt() {
    return seconds("created_at");
  }

  /** Returns when the service will delete it, empty if it will not. */
  public Optional<Instant> expiresAt() {
    return seconds("expires_at");
  }

  private Optional<Instant> seconds(String member) {
    OptionalLong at = members.findLong(member);
    return at.isPresent() && at.getAsLong() > 0
        ? Optional.of(Instant.ofEpochSecond(at.getAsLong()))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "StoredFile(" + id + ", " + name() + ", " + status() + ")";
  }
}
