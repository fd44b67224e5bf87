import dev.finetune4j.ProviderId;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.Credential;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import java.util.List;
import java.util.concurrent.Callable;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** This library: the first call, or warm calls compared with plain OkHttp. {@code URL first|warm} */
public final class OwnCall {
  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
  private static final JsonObject BODY =
      JsonObject.empty()
          .put("model", "gpt-4.1-mini")
          .put(
              "messages",
              List.of(JsonObject.empty().put("role", "user").put("content", "Hello").asMap()));

  @SuppressWarnings("unchecked")
  public static void main(String[] arguments) throws Exception {
    HttpTransport transport =
        HttpTransport.builder(new ProviderId("openai"), HttpUrl.get(arguments[0]))
            .credential(Credential.bearer(() -> "sk-x"))
            .build();
    ChatCompletionsModel model = ChatCompletionsModel.of(transport, "gpt-4.1-mini");
    Callable<String> chat = () -> model.chat(ChatRequest.of("Hello")).text();
    if (arguments[1].equals("first")) {
      Measured.first("finetune4j", chat);
      return;
    }
    OkHttpClient bare = new OkHttpClient();
    HttpUrl url = HttpUrl.get(arguments[0] + "/chat/completions");
    Measured.warm(
        new String[] {"okhttp", "okhttp+json", "transport", "chat"},
        new Callable[] {
          (Callable<String>) () -> bare(bare, url),
          (Callable<String>) () -> Json.parseObject(bare(bare, url)).toString(),
          (Callable<String>)
              () -> transport.send(ApiRequest.post("chat/completions").json(BODY)).text(),
          chat
        });
  }

  private static String bare(OkHttpClient client, HttpUrl url) throws Exception {
    Request request =
        new Request.Builder()
            .url(url)
            .header("Authorization", "Bearer sk-x")
            .post(RequestBody.create(Json.write(BODY.asMap()), JSON))
            .build();
    try (Response response = client.newCall(request).execute()) {
      return response.body().string();
    }
  }
}
