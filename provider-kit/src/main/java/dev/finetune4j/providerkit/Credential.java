package dev.finetune4j.providerkit;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.Request;

/**
 * The credential of requests. The supplier is called for each request, so a token may change. Never
 * appears in a message. Thread-safe if the supplier is.
 */
public final class Credential {
  private static final Credential NONE = new Credential("", "", () -> "");

  private final String header;
  private final String prefix;
  private final Supplier<String> secret;

  private Credential(String header, String prefix, Supplier<String> secret) {
    this.header = header;
    this.prefix = prefix;
    this.secret = Objects.requireNonNull(secret, "secret");
  }

  /** Returns a bearer token in the {@code Authorization} header. */
  public static Credential bearer(Supplier<String> token) {
    return new Credential("Authorization", "Bearer ", token);
  }

  /** Returns a secret in a header of its own, for example {@code api-key}. */
  public static Credential header(String name, Supplier<String> secret) {
    return new Credential(name, "", secret);
  }

  /** Returns no credential, for servers that ask for none. */
  public static Credential none() {
    return NONE;
  }

  /** Returns this with the secret of now: what was sent is what must not be shown. */
  Credential fixed() {
    String now = secret.get();
    return new Credential(header, prefix, () -> now);
  }

  void applyTo(Request.Builder request) {
    if (!header.isEmpty()) {
      request.header(header, prefix + secret.get());
    }
  }

  /** Returns {@code text} with the secret blotted out, should a server have echoed it. */
  String redact(String text) {
    Optional<String> value =
        header.isEmpty() ? Optional.empty() : Optional.of(secret.get()).filter(s -> !s.isEmpty());
    return value.map(found -> text.replace(found, "****")).orElse(text);
  }

  @Override
  public String toString() {
    return "Credential(****)";
  }
}
