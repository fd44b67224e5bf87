package dev.finetune4j.huggingface.internal.lfs;

import dev.finetune4j.error.PermissionException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.Credential;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Idempotency;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;

/**
 * Uploads large files: requests upload URLs, sends files that are not stored yet, whole or in
 * parts, and verifies them. Expired signed URLs are requested again. Thread-safe.
 */
public final class LargeFileUpload {
  private static final String LFS = "application/vnd.git-lfs+json";
  private static final String BYTES = "application/octet-stream";
  private static final int BATCH = 100;
  private static final int RENEWALS = 5;
  private static final int PARALLEL_PARTS = 4;

  private final HttpTransport transport;
  private final Supplier<ApiRequest> batch;
  private final UnaryOperator<String> addresses;

  /**
   * Creates uploads to one repository.
   *
   * @param batch the call that requests upload URLs, without a body
   * @param addresses rewrites addresses from the Hub, for mirrors
   */
  public LargeFileUpload(
      HttpTransport transport, Supplier<ApiRequest> batch, UnaryOperator<String> addresses) {
    this.transport = transport;
    this.batch = batch;
    this.addresses = addresses;
  }

  /**
   * Uploads files one after another; skips files that are already stored.
   *
   * @param branch the branch to commit them to
   */
  public void store(List<LargeFile> files, String branch) {
    for (int from = 0; from < files.size(); from += BATCH) {
      List<LargeFile> some = files.subList(from, Math.min(files.size(), from + BATCH));
      Map<String, JsonObject> answers = ask(some, branch);
      for (LargeFile file : some) {
        store(file, branch, object(answers, file));
      }
    }
  }

  private void store(LargeFile file, String branch, JsonObject first) {
    Optional<UploadPlan> plan = plan(first);
    for (int renewed = 0; plan.isPresent(); renewed++) {
      try {
        send(file, plan.get());
        return;
      } catch (PermissionException expired) {
        // A signed URL is valid for 15 minutes; after that the store answers 403.
        if (renewed == RENEWALS) {
          throw expired;
        }
        plan = plan(object(ask(List.of(file), branch), file));
      }
    }
  }

  private void send(LargeFile file, UploadPlan plan) {
    if (plan.isInParts()) {
      PartedUpload parts = new PartedUpload(transport, file, plan.partBytes(), urls(plan.parts()));
      complete(file, plan, parts.send(PARALLEL_PARTS));
    } else {
      ApiRequest call =
          ApiRequest.put(url(plan.href()))
              .credential(Credential.none())
              .content(file.part(0, file.bytes()), BYTES, file.progress());
      for (Map.Entry<String, String> header : plan.headers().entrySet()) {
        call = call.header(header.getKey(), header.getValue());
      }
      transport.send(call);
    }
    plan.verify().ifPresent(address -> verify(file, address));
  }

  private void complete(LargeFile file, UploadPlan plan, List<String> tags) {
    List<Object> parts = new ArrayList<>();
    for (String tag : tags) {
      parts.add(JsonObject.empty().put("partNumber", parts.size() + 1).put("etag", tag).asMap());
    }
    // The address is signed; safe, because completing twice has no effect.
    transport.send(
        ApiRequest.post(url(plan.href()))
            .credential(Credential.none())
            .header("Accept", LFS)
            .idempotency(Idempotency.SAFE)
            .text(
                JsonObject.empty().put("oid", file.sha256()).put("parts", parts).toString(), LFS));
  }

  private void verify(LargeFile file, String address) {
    transport.send(
        ApiRequest.post(url(address))
            .header("Accept", LFS)
            .idempotency(Idempotency.SAFE)
            .text(object(file).toString(), LFS));
  }

  private Map<String, JsonObject> ask(List<LargeFile> files, String branch) {
    JsonObject body =
        JsonObject.empty()
            .put("operation", "upload")
            .put("transfers", List.of("basic", "multipart"))
            .put("objects", files.stream().map(file -> object(file).asMap()).toList())
            .put("hash_algo", "sha256")
            .put("ref", JsonObject.empty().put("name", branch));
    ApiRequest call =
        batch.get().header("Accept", LFS).idempotency(Idempotency.SAFE).text(body.toString(), LFS);
    return transport.send(
        call,
        answer -> {
          Map<String, JsonObject> objects = new LinkedHashMap<>();
          answer.objects("objects").forEach(o -> objects.put(o.requireString("oid"), o));
          return objects;
        });
  }

  private Optional<UploadPlan> plan(JsonObject object) {
    try {
      return UploadPlan.of(object);
    } catch (JsonSyntaxException e) {
      throw unexpected("The upload URL of a large file is missing. " + e.getMessage());
    }
  }

  private JsonObject object(Map<String, JsonObject> answers, LargeFile file) {
    JsonObject object = answers.get(file.sha256());
    if (object == null) {
      throw unexpected("The upload URL of the file " + file.sha256() + " is missing.");
    }
    Optional<JsonObject> error = object.findObject("error");
    if (error.isPresent()) {
      throw unexpected(
          "It refuses the file "
              + file.sha256()
              + ": "
              + error.get().findString("message").orElse("no explanation"));
    }
    return object;
  }

  private UnexpectedResponseException unexpected(String what) {
    return new UnexpectedResponseException(ProviderFailure.of(transport.provider(), what), null);
  }

  private List<HttpUrl> urls(List<String> addresses) {
    return addresses.stream().map(this::url).toList();
  }

  private HttpUrl url(String address) {
    HttpUrl url = HttpUrl.parse(addresses.apply(address));
    if (url == null) {
      throw unexpected("The upload URL is not a valid URL.");
    }
    return url;
  }

  private static JsonObject object(LargeFile file) {
    return JsonObject.empty().put("oid", file.sha256()).put("size", file.bytes());
  }
}
