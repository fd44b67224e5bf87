package dev.finetune4j.huggingface.internal.endpoint;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.huggingface.hub.HubFile;
import dev.finetune4j.huggingface.hub.HubRepository;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a server must load for a model: a repository with a complete model, or a base and an
 * adapter, because a repository with only an adapter cannot be deployed.
 *
 * @param name the model, which is also the repository of an adapter
 * @param commit the commit of that repository
 * @param repository the repository to load: the model, or the base of an adapter
 * @param revision the commit or branch to load
 * @param rank the highest adapter rank that the server must support; 0 for a complete model
 */
public record ServedModel(
    String name, String commit, String repository, String revision, long rank) {
  private static final String ADAPTER = "adapter_config.json";
  private static final int LEAST_RANK = 16;

  /** Reads the model's repository. Up to five requests. */
  public static ServedModel of(HuggingFaceHub hub, String model) {
    HubRepository repository = hub.repository(RepositoryId.model(model));
    String commit = repository.commitOf("main");
    List<String> found =
        repository.files(commit, List.of("config.json", ADAPTER)).stream()
            .map(HubFile::path)
            .toList();
    if (found.contains("config.json")) {
      return new ServedModel(model, commit, model, commit, 0);
    } else if (!found.contains(ADAPTER)) {
      throw new InvalidRequestException(
          ProviderFailure.of(
              HuggingFaceHub.HUGGING_FACE,
              "The repository "
                  + model
                  + " has neither config.json nor "
                  + ADAPTER
                  + ", so it cannot be served."));
    }
    JsonObject adapter = read(repository, commit);
    long rank = Math.max(LEAST_RANK, adapter.findLong("r").orElse(8));
    return new ServedModel(
        model,
        commit,
        adapter.requireString("base_model_name_or_path"),
        adapter.findString("revision").orElse("main"),
        rank);
  }

  /** Returns whether it is an adapter. */
  public boolean isAdapter() {
    return rank > 0;
  }

  /** Returns the vLLM arguments that serve it under the model's name. */
  List<String> arguments() {
    return isAdapter()
        ? List.of(
            "--enable-lora",
            "--max-lora-rank",
            String.valueOf(rank),
            "--lora-modules",
            name + "=" + name)
        : List.of("--served-model-name", name);
  }

  private static JsonObject read(HubRepository repository, String commit) {
    try {
      return Json.parseObject(Files.readString(repository.download(commit, ADAPTER)));
    } catch (IOException e) {
      throw new DataFileException("read", Path.of(ADAPTER), e);
    }
  }
}
