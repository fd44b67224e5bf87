package com.example;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.finetune4j.ModelReference;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.openai.OpenAiProvider;
import java.net.URL;
import java.util.Collections;
import java.util.List;

/** Asks one question through OpenAI's own client and one through finetune4j. */
public final class BothClients {
  private static final String MODEL = "gpt-4.1-mini-2025-04-14";

  public static void main(String[] args) throws Exception {
    OpenAIClient client = OpenAIOkHttpClient.fromEnv();
    ChatCompletionCreateParams question =
        ChatCompletionCreateParams.builder().model(MODEL).addUserMessage("Hello").build();
    String theirs =
        client.chat().completions().create(question).choices().get(0).message().content().orElse("");
    client.close();
    String ours;
    try (OpenAiProvider provider = OpenAiProvider.fromEnvironment()) {
      ours =
          provider
              .chatModel(new ModelReference(OpenAiProvider.ID, MODEL))
              .orElseThrow()
              .chat(ChatRequest.of("Hello"))
              .text();
    }
    List<URL> copies =
        Collections.list(
            BothClients.class.getClassLoader().getResources("okhttp3/OkHttpClient.class"));
    if (copies.size() != 1) {
      throw new IllegalStateException("There must be one OkHttp, and there are " + copies);
    }
    System.out.println("Both answered: " + theirs.equals(ours));
  }
}
