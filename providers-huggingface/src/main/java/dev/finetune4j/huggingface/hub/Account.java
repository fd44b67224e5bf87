package dev.finetune4j.huggingface.hub;

import dev.finetune4j.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * Whose token it is.
 *
 * @param name the namespace of what it owns
 * @param kind {@code user} or {@code org}
 * @param organizations the namespaces of the organizations that it belongs to
 * @param tokenRole what the token may do: {@code read}, {@code write} or {@code fineGrained}; empty
 *     if the Hub does not say
 */
public record Account(
    String name, String kind, List<String> organizations, Optional<String> tokenRole) {

  /** Copies the list. */
  public Account {
    organizations = List.copyOf(organizations);
  }

  static Account of(JsonObject json) {
    return new Account(
        json.requireString("name"),
        json.findString("type").orElse("user"),
        json.objects("orgs").stream().map(org -> org.requireString("name")).toList(),
        json.findObject("auth")
            .flatMap(proof -> proof.findObject("accessToken"))
            .flatMap(token -> token.findString("role")));
  }
}
