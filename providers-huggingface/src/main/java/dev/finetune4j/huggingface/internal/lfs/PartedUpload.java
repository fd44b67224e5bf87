package dev.finetune4j.huggingface.internal.lfs;

import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.Credential;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.TransferListener;
import dev.finetune4j.providerkit.file.ParallelParts;
import java.util.List;
import okhttp3.HttpUrl;

/** Uploads the parts of one large file, each to its own URL. Single use. */
final class PartedUpload {
  private static final String BYTES = "application/octet-stream";

  private final HttpTransport transport;
  private final LargeFile file;
  private final long partBytes;
  private final List<HttpUrl> urls;

  PartedUpload(HttpTransport transport, LargeFile file, long partBytes, List<HttpUrl> urls) {
    this.transport = transport;
    this.file = file;
    this.partBytes = partBytes;
    this.urls = urls;
  }

  /** Sends all parts and returns their ETags in order. */
  List<String> send(int atOnce) {
    ParallelParts.Source source =
        new ParallelParts.Source("a large file", file.bytes(), partBytes, atOnce, file.progress());
    if (source.count() != urls.size()) {
      throw unexpected(
          "It has URLs for " + urls.size() + " parts, but the file has " + source.count() + ".");
    }
    try (ParallelParts parts = new ParallelParts(transport.provider(), source)) {
      parts.start((index, progress) -> send(source, index, progress));
      return parts.await();
    }
  }

  private String send(ParallelParts.Source source, int index, TransferListener progress) {
    ApiRequest call =
        ApiRequest.put(urls.get(index))
            .credential(Credential.none())
            .content(file.part(source.offset(index), source.length(index)), BYTES, progress);
    return transport
        .send(call)
        .header("ETag")
        .filter(tag -> !tag.isEmpty())
        .orElseThrow(() -> unexpected("The store returned no ETag for a part."));
  }

  private UnexpectedResponseException unexpected(String message) {
    return new UnexpectedResponseException(ProviderFailure.of(transport.provider(), message), null);
  }
}
