package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Random examples, from plain ones to ones with everything that an example can hold. */
final class GeneratedExamples {
  private static final String[] WORDS = {
    "hello",
    " ",
    "  ",
    "\n",
    "\t",
    "\"",
    "\\",
    ",",
    ";",
    "'",
    "é",
    "e\u0301",
    "😀",
    "日本",
    "\u00A0",
    "</s>",
    "{{x}}",
    "<image>",
    "Human: ",
    "\n\nAssistant: ",
    "[1]",
    "{\"a\":1}",
    "\r\n",
    "0",
    "null",
    "\u0000",
    "\u2028",
    "-"
  };
  private static final String[] ARGUMENTS = {
    "{}", "{\"city\":\"Rome\"}", "{ \"a\": 1.0 }", "{\"n\":1e2,\"l\":[null,true]}", "not json", ""
  };

  private final Random random;
  private final boolean plain;
  private int ids;

  /** Makes examples from a seed; every second one has nothing but texts and roles. */
  GeneratedExamples(long seed) {
    // The first numbers of neighboring seeds are alike, so they are spread out.
    random = new Random(seed * 0x9E3779B97F4A7C15L);
    plain = seed % 2 == 0;
  }

  private boolean rarely() {
    return !plain && random.nextInt(6) == 0;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    if (plain || random.nextInt(20) > 0) {
      text.append("w").append(random.nextInt(10));
      for (int i = random.nextInt(4); i > 0; i--) {
        text.append(plain && random.nextBoolean() ? " x" : WORDS[random.nextInt(WORDS.length)]);
      }
    }
    return text.toString();
  }

  private <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private List<ContentPart> content(Role role) {
    List<ContentPart> parts = new ArrayList<>();
    parts.add(
        rarely() && role == Role.ASSISTANT
            ? new ContentPart.Refusal(text())
            : new ContentPart.Text(text()));
    if (rarely()) {
      parts.add(new ContentPart.Text(text()));
    }
    if (rarely() && role == Role.USER) {
      parts.add(
          random.nextInt(2),
          new ContentPart.Image(
              URI.create("https://a.example/" + random.nextInt(9) + ".png"),
              rarely() ? Optional.of("low") : Optional.empty()));
    }
    if (rarely()) {
      parts.clear();
    }
    return parts;
  }

  private Message message(Role role) {
    return message(role, 0);
  }

  private Message message(Role role, int index) {
    ids = Math.max(ids, index);
    List<ToolCall> calls = List.of();
    if (role == Role.ASSISTANT && rarely()) {
      calls = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        String id = rarely() ? "id " + ids++ : "call_" + ids++;
        calls.add(new ToolCall(id, one(List.of("f", "g")), one(List.of(ARGUMENTS))));
      }
    }
    return new Message(
        role,
        content(role),
        calls,
        Optional.empty(),
        rarely() ? Optional.of("ann") : Optional.empty(),
        !rarely());
  }

  private List<ToolDefinition> tools() {
    List<ToolDefinition> tools = new ArrayList<>();
    for (String name : rarely() ? List.of("f", "g") : List.<String>of()) {
      tools.add(
          new ToolDefinition(
              name,
              rarely() ? "" : "Does " + text(),
              rarely() ? "{}" : "{\"type\":\"object\",\"properties\":{}}",
              rarely()));
    }
    return tools;
  }

  /** Adds an assistant's message, and the results of its calls. */
  private void turn(List<Message> into) {
    Message answer = message(Role.ASSISTANT, into.size());
    into.add(answer);
    List<ToolCall> calls = new ArrayList<>(answer.toolCalls());
    if (rarely()) {
      Collections.shuffle(calls, random);
    }
    for (ToolCall call : calls) {
      into.add(
          new Message(
              Role.TOOL,
              content(Role.TOOL),
              List.of(),
              Optional.of(call.id()),
              rarely() ? Optional.of(call.name()) : Optional.empty(),
              false));
    }
  }

  private List<Message> prompt() {
    List<Message> messages = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      messages.add(message(rarely() ? Role.DEVELOPER : Role.SYSTEM));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      messages.add(message(Role.USER));
      turn(messages);
    }
    if (!rarely()) {
      messages.add(message(Role.USER));
    }
    if (rarely()) {
      messages.add(message(one(List.of(Role.SYSTEM, Role.USER, Role.ASSISTANT))));
    }
    return messages;
  }

  ChatExample chat() {
    List<Message> messages = prompt();
    turn(messages);
    if (messages.get(messages.size() - 1).role() == Role.TOOL) {
      messages.add(message(Role.ASSISTANT));
    }
    if (rarely()) {
      messages.add(message(Role.USER));
    }
    return new ChatExample(messages, tools(), !rarely());
  }

  PreferenceExample pair() {
    return new PreferenceExample(
        prompt(), message(Role.ASSISTANT), message(Role.ASSISTANT), tools(), !rarely());
  }

  PromptExample asked(boolean labelled) {
    Map<String, ReferenceValue> reference = new LinkedHashMap<>();
    if (labelled) {
      reference.put(UnpairedPreferences.COMPLETION, ReferenceValue.text(text()));
      reference.put(
          UnpairedPreferences.LABEL, ReferenceValue.json(String.valueOf(random.nextBoolean())));
    }
    if (!labelled || rarely()) {
      reference.put(rarely() ? "prompt" : "answer", ReferenceValue.text(text()));
    }
    if (rarely()) {
      reference.put("level", ReferenceValue.json(one(List.of("3", "null", "[1,{\"a\":0.50}]"))));
    }
    return new PromptExample(prompt(), reference, tools());
  }
}
