package dev.finetune4j.chat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One turn of a conversation. Immutable and thread-safe.
 *
 * @param role who speaks
 * @param content what is said, in order; empty for an assistant that only calls tools
 * @param toolCalls the tools that the assistant calls; empty for all other roles
 * @param toolCallId for a tool's message, the call that it answers
 * @param name which participant speaks, where several share a role
 * @param trained whether the message counts in the loss during training; only assistant messages
 *     can
 */
public record Message(
    Role role,
    List<ContentPart> content,
    List<ToolCall> toolCalls,
    Optional<String> toolCallId,
    Optional<String> name,
    boolean trained) {

  /** Copies the lists. */
  public Message {
    content = List.copyOf(content);
    toolCalls = List.copyOf(toolCalls);
    trained = trained && role == Role.ASSISTANT;
  }

  /** Returns a system message. */
  public static Message system(String text) {
    return of(Role.SYSTEM, text);
  }

  /** Returns a user message. */
  public static Message user(String text) {
    return of(Role.USER, text);
  }

  /** Returns an assistant message that counts in the loss. */
  public static Message assistant(String text) {
    return of(Role.ASSISTANT, text);
  }

  /** Returns the result of the tool call {@code toolCallId}. */
  public static Message tool(String toolCallId, String text) {
    return new Message(
        Role.TOOL,
        List.of(new ContentPart.Text(text)),
        List.of(),
        Optional.of(toolCallId),
        Optional.empty(),
        false);
  }

  /** Returns an assistant message without text that calls tools; it counts in the loss. */
  public static Message calling(List<ToolCall> toolCalls) {
    return new Message(
        Role.ASSISTANT, List.of(), toolCalls, Optional.empty(), Optional.empty(), true);
  }

  /** Returns a message of one text part. */
  public static Message of(Role role, String text) {
    return new Message(
        role,
        List.of(new ContentPart.Text(text)),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        role == Role.ASSISTANT);
  }

  /** Returns this message, left out of the loss. */
  public Message untrained() {
    return new Message(role, content, toolCalls, toolCallId, name, false);
  }

  /** Returns the text parts joined without a separator; an empty text without text parts. */
  public String text() {
    return content.stream().map(ContentPart::text).collect(Collectors.joining());
  }
}
