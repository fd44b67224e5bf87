package dev.finetune4j.simulator.openai;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A webhook delivery as the Standard Webhooks specification describes it: three headers and the
 * body that they sign. Immutable.
 */
public record SignedEvent(Map<String, String> headers, String body) {
  private static final String SECRET_PREFIX = "whsec_";

  /** Keeps its own copy. */
  public SignedEvent {
    headers = Map.copyOf(headers);
  }

  /**
   * Signs a body.
   *
   * @param secret {@code whsec_} and the key in Base64
   */
  public static SignedEvent sign(String secret, String id, Instant at, String body) {
    long timestamp = at.getEpochSecond();
    byte[] key = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", String.valueOf(timestamp));
    headers.put("webhook-signature", "v1," + signature(key, id + "." + timestamp + "." + body));
    return new SignedEvent(headers, body);
  }

  private static String signature(byte[] key, String signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] digest = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }
}
