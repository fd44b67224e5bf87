package dev.finetune4j.providerkit.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets for signatures; several while one is being replaced. Immutable and thread-safe; never
 * shows a secret.
 */
final class WebhookSecrets {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";

  private final List<byte[]> keys = new ArrayList<>();

  WebhookSecrets(List<String> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("A webhook needs at least one secret.");
    }
    secrets.forEach(secret -> keys.add(decode(secret)));
  }

  /**
   * Returns whether one of {@code signatures} is that of {@code signed} by one of the secrets. All
   * are compared in constant time, so that the time taken tells nothing.
   */
  boolean match(byte[] signed, List<byte[]> signatures) {
    boolean found = false;
    for (byte[] key : keys) {
      byte[] expected = sign(key, signed);
      for (byte[] signature : signatures) {
        found |= MessageDigest.isEqual(expected, signature);
      }
    }
    return found;
  }

  private static byte[] sign(byte[] key, byte[] signed) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM + ".", e);
    }
  }

  private static byte[] decode(String secret) {
    if (secret.isBlank()) {
      throw new IllegalArgumentException("A webhook's secret is empty.");
    }
    if (!secret.startsWith(PREFIX)) {
      return secret.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    } catch (IllegalArgumentException notBase64) {
      // The decoder's own message may quote the secret, so it is not kept as the cause.
      throw new IllegalArgumentException(
          "A webhook's secret is whsec_ and then base64; this one is not base64. Copy it again.");
    }
  }

  @Override
  public String toString() {
    return "WebhookSecrets(" + keys.size() + ")";
  }
}
