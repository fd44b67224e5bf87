package dev.finetune4j.simulator.openai;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A built-in model of the simulated service. Names and dates: OpenAI's deprecation page of
 * 2026-11-22.
 *
 * @param methods the training methods that it supports; empty if it cannot be tuned
 * @param shutdown the announced end; empty if none is known
 */
record SimulatedBaseModel(
    String name, String alias, Set<String> methods, Kind kind, String shutdown, long created) {

  enum Kind {
    CHAT,
    REASONING,
    EMBEDDING
  }

  private static final Set<String> CHAT_METHODS = Set.of("supervised", "dpo");

  static final List<SimulatedBaseModel> ALL =
      List.of(
          chat("gpt-4.1", "2025-04-14", CHAT_METHODS, "2027-01-14"),
          chat("gpt-4.1-mini", "2025-04-14", CHAT_METHODS, "2027-01-14"),
          chat("gpt-4.1-nano", "2025-04-14", CHAT_METHODS, "2026-10-23"),
          chat("gpt-4o", "2024-08-06", CHAT_METHODS, "2027-01-14"),
          chat("gpt-4o-mini", "2024-07-18", CHAT_METHODS, "2027-01-14"),
          reasoning("o4-mini", "2025-04-16", Set.of("reinforcement"), "2026-10-23"),
          reasoning("gpt-5-mini", "2025-08-07", Set.of(), "2026-12-11"),
          embedding("text-embedding-3-small"),
          embedding("text-embedding-3-large"));

  static Optional<SimulatedBaseModel> find(String name) {
    return ALL.stream()
        .filter(model -> model.name.equals(name) || model.alias.equals(name))
        .findFirst();
  }

  private static SimulatedBaseModel chat(
      String alias, String day, Set<String> methods, String shutdown) {
    return new SimulatedBaseModel(
        alias + "-" + day, alias, methods, Kind.CHAT, shutdown, 1_744_316_542);
  }

  private static SimulatedBaseModel reasoning(
      String alias, String day, Set<String> methods, String shutdown) {
    return new SimulatedBaseModel(
        alias + "-" + day, alias, methods, Kind.REASONING, shutdown, 1_744_225_351);
  }

  private static SimulatedBaseModel embedding(String name) {
    return new SimulatedBaseModel(name, name, Set.of(), Kind.EMBEDDING, "", 1_705_948_997);
  }
}
