import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.concurrent.Callable;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The vendor's library: the first call, or warm calls compared with plain OkHttp. {@code URL first|warm} */
public final class OfficialCall {
  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
  private static final String BODY =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],\"model\":\"gpt-4.1-mini\"}";

  @SuppressWarnings("unchecked")
  public static void main(String[] arguments) throws Exception {
    OpenAIClient client =
        OpenAIOkHttpClient.builder().apiKey("sk-x").baseUrl(arguments[0]).build();
    Callable<String> chat =
        () ->
            client
                .chat()
                .completions()
                .create(
                    ChatCompletionCreateParams.builder()
                        .model("gpt-4.1-mini")
                        .addUserMessage("Hello")
                        .build())
                .choices()
                .get(0)
                .message()
                .content()
                .orElse("");
    if (arguments[1].equals("first")) {
      Measured.first("openai-java", chat);
      System.exit(0);
    }
    OkHttpClient bare = new OkHttpClient();
    HttpUrl url = HttpUrl.get(arguments[0] + "/chat/completions");
    Measured.warm(
        new String[] {"okhttp", "openai-java"},
        new Callable[] {(Callable<String>) () -> bare(bare, url), chat});
    System.exit(0);
  }

  private static String bare(OkHttpClient client, HttpUrl url) throws Exception {
    Request request =
        new Request.Builder()
            .url(url)
            .header("Authorization", "Bearer sk-x")
            .post(RequestBody.create(BODY, JSON))
            .build();
    try (Response response = client.newCall(request).execute()) {
      return response.body().string();
    }
  }
}
