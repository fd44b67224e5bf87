package dev.finetune4j.huggingface.hub;

import dev.finetune4j.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The account of a token.
 *
 * @param name the namespace of its repositories
 * @param kind {@code user} or {@code org}
 * @param organizations the names of its organizations
 * @param tokenRole what the token may do: {@code read}, {@code write} or {@code fineGrained}; empty
 *     if the Hub does not report it
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
