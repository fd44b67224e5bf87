package dev.finetune4j.huggingface.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HubEnvironmentTest {
  @TempDir Path home;

  @Test
  void theVariableOverridesTheFile() throws IOException {
    write(".cache/huggingface/token", "hf_file\n");

    assertThat(with(Map.of("HF_TOKEN", " hf_variable\n")).token()).hasValue("hf_variable");
    assertThat(with(Map.of()).token()).hasValue("hf_file");
    assertThat(with(Map.of("HF_TOKEN", " ")).token()).hasValue("hf_file");
  }

  @Test
  void variablesSetTheTokenFile() throws IOException {
    write("one/token", "hf_one");
    write("two", "hf_two");
    write("three/huggingface/token", "hf_three");

    assertThat(with(Map.of("HF_HOME", "~/one")).token()).hasValue("hf_one");
    assertThat(with(Map.of("HF_TOKEN_PATH", home + "/two", "HF_HOME", "~/one")).token())
        .hasValue("hf_two");
    assertThat(with(Map.of("XDG_CACHE_HOME", home + "/three")).token()).hasValue("hf_three");
  }

  @Test
  void defaultsAreThePublicHubWithoutAToken() {
    HubEnvironment bare = with(Map.of());

    assertThat(bare.endpoint()).isEqualTo("https://huggingface.co");
    assertThat(bare.token()).isEmpty();
    assertThat(bare.cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
    assertThat(with(Map.of("HF_ENDPOINT", "http://mirror:8080/")).endpoint())
        .isEqualTo("http://mirror:8080");
    assertThat(with(Map.of("HF_HUB_CACHE", "~/c")).cache()).isEqualTo(home.resolve("c"));
  }

  private HubEnvironment with(Map<String, String> variables) {
    return new HubEnvironment(variables, home);
  }

  private void write(String path, String text) throws IOException {
    Path file = home.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
