package dev.finetune4j.providerkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.ProviderId;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.PermissionException;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.Responsibility;
import dev.finetune4j.error.TrainingClosedException;
import dev.finetune4j.testkit.FakeClock;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

final class OpenAiErrorReaderTest {
  private final OpenAiErrorReader reader = new OpenAiErrorReader(() -> FakeClock.START);

  private ProviderException read(int status, String body) {
    return reader.read(new ProviderId("openai"), status, Headers.of("x-request-id", "r1"), body);
  }

  private static String error(String message, String code) {
    return "{\"error\":{\"message\":\"" + message + "\",\"code\":\"" + code + "\"}}";
  }

  @Test
  void trainingThatIsClosedNamesTheAlternatives() {
    ProviderException failure =
        read(403, error("Your organization can no longer create fine-tuning jobs.", "denied"));

    assertThat(failure).isInstanceOf(TrainingClosedException.class);
    assertThat(failure.responsibility()).isEqualTo(Responsibility.CALLER);
    assertThat(failure)
        .hasMessageStartingWith("openai answered 403 (denied) [request r1]: Your organization")
        .hasMessageContainingAll("Azure OpenAI", "Hugging Face", "embedded");
  }

  @Test
  void otherRefusalsStayMattersOfPermission() {
    assertThat(read(403, error("Missing scopes: api.fine_tuning.jobs.write", "scope")))
        .isInstanceOf(PermissionException.class);
    assertThat(read(403, error("Country not supported", "unsupported_country")))
        .isInstanceOf(PermissionException.class);
    assertThat(read(400, error("Fine-tuning of this model is no longer available", "model")))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void bodiesInOtherFormsAreReadAsFarAsTheyGo() {
    assertThat(read(500, "{\"error\":{}}")).hasMessageEndingWith(": {\"error\":{}}");
    assertThat(read(500, "{\"error\":{\"message\":null,\"code\":17}}"))
        .hasMessageContaining("500 (17)");
    assertThat(read(502, "<html><h1>Bad Gateway</h1></html>"))
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessageEndingWith("<html><h1>Bad Gateway</h1></html>");
    assertThat(read(500, "[1]")).hasMessageEndingWith("[1]");
  }
}
