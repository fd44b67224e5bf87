package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.ExampleRecords;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The formats of training data that OpenAI and Azure read. */
final class OpenAiCodecs {
  private OpenAiCodecs() {}

  /** The format {@code {"messages": [...], "tools": [...]}}. */
  static final class Chat extends Grammar<ChatExample> {
    Chat() {
      super("openai-chat", ChatExample.class);
    }

    @Override
    ChatExample read(RecordNode root) {
      RecordNode list = root.find("messages");
      List.of("tools", "functions", "parallel_tool_calls").forEach(root::find);
      Unpaired.refuse(root);
      Pictures pictures = Pictures.read(root);
      root.warnOfUnread("an example");
      List<ToolDefinition> tools = ToolGrammar.readTools(root);
      boolean parallel = ToolGrammar.readParallel(root);
      Conversation conversation = new Conversation(ToolGrammar.names(tools), pictures);
      MessageGrammar.readList(root, "messages", conversation);
      pictures.finish();
      if (list != null && !conversation.isEmpty()) {
        conversation.finishTraining(list);
      }
      return new ChatExample(conversation.messages(), tools, parallel);
    }

    @Override
    public Map<String, @Nullable Object> toRecord(ChatExample example) {
      return ExampleRecords.of(example);
    }
  }

  /** The format {@code {"input": {"messages": [...]}, "preferred_output": [...], ...}}. */
  static final class Preference extends Grammar<PreferenceExample> {
    Preference() {
      super("openai-preference", PreferenceExample.class);
    }

    @Override
    @Nullable PreferenceExample read(RecordNode root) {
      RecordNode input = root.find("input");
      List.of(
              "preferred_output",
              "non_preferred_output",
              "preferred_completion",
              "non_preferred_completion")
          .forEach(root::find);
      root.warnOfUnread("an example");
      List<ToolDefinition> tools = List.of();
      boolean parallel = true;
      Conversation prompt = new Conversation(Set.of());
      if (input == null || !input.isObject()) {
        root.fail(
            "missing-input",
            "The member \"input\" is " + (input == null ? "missing" : input.kind()) + ".",
            "Add an object with the messages before the answer.");
      } else {
        tools = ToolGrammar.readTools(input);
        parallel = ToolGrammar.readParallel(input);
        prompt = new Conversation(ToolGrammar.names(tools));
        RecordNode list = input.find("messages");
        MessageGrammar.readList(input, "messages", prompt);
        input.warnOfUnread("the input");
        if (list != null && !prompt.isEmpty()) {
          prompt.finishPrompt(list);
        }
        Pairs.checkPrompt(prompt);
      }
      Message preferred = answer(root, "preferred", tools);
      Message rejected = answer(root, "non_preferred", tools);
      if (preferred == null || rejected == null) {
        return null;
      }
      Pairs.checkDifferent(preferred, rejected, root.at("non_preferred_output"));
      return new PreferenceExample(prompt.messages(), preferred, rejected, tools, parallel);
    }

    /** Reads one side of a pair; null after a failure. */
    private static @Nullable Message answer(
        RecordNode root, String side, List<ToolDefinition> tools) {
      RecordNode output = root.find(side + "_output");
      if (output == null) {
        output = root.find(side + "_completion");
        if (output != null) {
          output.warning(
              "renamed-member",
              "The member was renamed to \"" + side + "_output\".",
              "Rename it: services reject the old name.");
        }
      }
      if (output == null) {
        root.fail(
            "missing-output",
            "The member \"" + side + "_output\" is missing.",
            "Add a list with one assistant message.");
        return null;
      }
      List<RecordNode> items = output.items();
      if (items.size() != 1) {
        output.fail(
            "invalid-output",
            "The output is "
                + (output.isList() ? "a list of " + items.size() : output.kind())
                + ".",
            "Write a list with one assistant message.");
        return null;
      }
      return Pairs.readAnswer(items.get(0), tools);
    }

    @Override
    public Map<String, @Nullable Object> toRecord(PreferenceExample example) {
      return ExampleRecords.of(example);
    }
  }

  /**
   * The format {@code {"messages": [...], ...}}; members other than messages and tools are
   * references.
   */
  static final class Reinforcement extends Grammar<PromptExample> {
    Reinforcement() {
      super("openai-reinforcement", PromptExample.class);
    }

    @Override
    PromptExample read(RecordNode root) {
      List<ToolDefinition> tools = List.of();
      RecordNode declared = root.find("tools");
      if (declared != null) {
        tools = new ArrayList<>();
        ToolGrammar.readTools(declared, false, tools);
      }
      Conversation prompt = new Conversation(ToolGrammar.names(tools));
      RecordNode list = root.find("messages");
      MessageGrammar.readList(root, "messages", prompt);
      if (list != null && !prompt.isEmpty()) {
        prompt.finishPrompt(list);
      }
      for (Role role : Role.values()) {
        RecordNode last = prompt.lastIf(role);
        if (last != null && role != Role.USER) {
          last.error(
              "last-message-not-user",
              "The last message has the role " + role.word() + ".",
              "End with the user's message: the model samples its own answer.");
        }
      }
      Map<String, ReferenceValue> reference = PromptOnlyCodec.references(root);
      if (reference.isEmpty()) {
        root.warning(
            "missing-reference",
            "Besides the messages there is nothing for a grader to compare with.",
            "Add a member such as reference_answer to every line.");
      }
      return new PromptExample(prompt.messages(), reference, tools);
    }

    @Override
    public Map<String, @Nullable Object> toRecord(PromptExample example) {
      return ExampleRecords.of(example);
    }
  }
}
