package dev.finetune4j.providerkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpSettingsTest {
  private final HttpSettings.Builder builder = HttpSettings.builder();

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 3_000_000_000L})
  void aTimeoutOutsideItsRangeIsRefusedByItsName(long millis) {
    Duration wrong = Duration.ofMillis(millis);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.connectTimeout(wrong))
        .withMessage("connectTimeout must be 1 ms to 24 days, but was " + wrong + ".");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.readTimeout(wrong))
        .withMessageStartingWith("readTimeout must");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.requestTimeout(wrong))
        .withMessageStartingWith("requestTimeout must");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.callTimeout(wrong))
        .withMessageStartingWith("callTimeout must");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_536})
  void aWrongProxyPortIsRefused(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.proxy("proxy.example.com", port))
        .withMessage("The proxy port must be 1 to 65535, but was " + port + ".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "http://proxy.example.com"})
  void aWrongProxyHostIsRefused(String host) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.proxy(host, 3128))
        .withMessageContaining("\"" + host + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "API-KEY", "Content-Type", "Host"})
  void headersOfTheLibraryAreRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.header(name, "secret"))
        .withMessageContaining("\"" + name + "\" cannot be set here")
        .withMessageNotContaining("secret");
  }

  @Test
  void theValueOfAHeaderThatCannotBeSentIsNotShown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.header("X-Gateway-Key", "secret\n"))
        .withMessageContaining("X-Gateway-Key")
        .withMessageNotContaining("secret");
  }

  @Test
  void fewerThanOneRequestAtOnceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.concurrentRequests(0))
        .withMessage("concurrentRequests must be at least 1, but was 0.");
  }

  @Test
  @SuppressWarnings({"NullAway", "DataFlowIssue"})
  void nullIsRefusedByTheNameOfTheSetting() {
    assertThatNullPointerException().isThrownBy(() -> builder.client(null)).withMessage("client");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.connectTimeout(null))
        .withMessage("connectTimeout");
    assertThatNullPointerException().isThrownBy(() -> builder.retries(null)).withMessage("retries");
  }

  @Test
  void noSecretIsShown() {
    HttpSettings settings =
        builder
            .proxy("proxy.example.com", 3128, "user", "password-1")
            .header("X-Gateway-Key", "secret-1")
            .build();

    assertThat(settings.toString())
        .contains("proxy.example.com:3128", "X-Gateway-Key")
        .doesNotContain("password-1", "secret-1");
  }
}
