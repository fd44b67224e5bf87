package dev.finetune4j.huggingface.internal.endpoint;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.huggingface.hub.HubFile;
import dev.finetune4j.huggingface.hub.HubRepository;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.internal.json.Json;
import dev.finetune4j.internal.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What an endpoint must load for a model: a repository with a whole model, or a base and an
 * adapter, since a repository with nothing but an adapter cannot be deployed.
 *
 * @param repository what is mounted
 * @param revision its commit or branch
 * @param arguments what vLLM needs to answer under the name of the model
 */
record ServedModel(String repository, String revision, List<String> arguments) {
  private static final String ADAPTER = "adapter_config.json";
  private static final int LEAST_RANK = 16;

  /** Looks at the model's repository. Up to five requests. */
  static ServedModel of(HuggingFaceHub hub, String model) {
    HubRepository repository = hub.repository(RepositoryId.model(model));
    String commit = repository.commitOf("main");
    List<String> found =
        repository.files(commit, List.of("config.json", ADAPTER)).stream()
            .map(HubFile::path)
            .toList();
    if (found.contains("config.json")) {
      return new ServedModel(model, commit, List.of("--served-model-name", model));
    } else if (!found.contains(ADAPTER)) {
      throw new InvalidRequestException(
          ProviderFailure.of(
              HuggingFaceHub.HUGGING_FACE,
              "The repository "
                  + model
                  + " has neither config.json nor "
                  + ADAPTER
                  + ", so nothing in it can be served."));
    }
    JsonObject adapter = read(repository, commit);
    long rank = Math.max(LEAST_RANK, adapter.findLong("r").orElse(8));
    return new ServedModel(
        adapter.requireString("base_model_name_or_path"),
        adapter.findString("revision").orElse("main"),
        List.of(
            "--enable-lora",
            "--max-lora-rank",
            String.valueOf(rank),
            "--lora-modules",
            model + "=" + model));
  }

  boolean isAdapter() {
    return arguments.contains("--enable-lora");
  }

  private static JsonObject read(HubRepository repository, String commit) {
    try {
      return Json.parseObject(Files.readString(repository.download(commit, ADAPTER)));
    } catch (IOException e) {
      throw new DataFileException("read", Path.of(ADAPTER), e);
    }
  }
}
