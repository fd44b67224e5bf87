package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.simulator.ContentStore;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.StoredContent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file store, on a separate port; it accepts signed URLs and no tokens. */
final class StoreRoutes {
  private final HubState state;

  StoreRoutes(HubState state) {
    this.state = state;
  }

  void addTo(Routes routes) {
    routes
        .add("PUT", "/objects/{sha256}", this::put)
        .add("GET", "/objects/{sha256}", this::get)
        .add("HEAD", "/objects/{sha256}", this::get)
        .add("PUT", "/parts/{upload}/{number}", this::part);
  }

  private record Arrived(StoredPart part, @Nullable StoredContent content) {}

  private Arrived take(SimulatedRequest request) throws ErrorResponseException {
    Signature.check(request, state.now());
    try {
      if (state.settings.discarding) {
        return new Arrived(Hashes.copy(request.body(), OutputStream.nullOutputStream()), null);
      }
      ContentStore.Sink sink = state.contents.sink();
      StoredPart part = Hashes.copy(request.body(), sink);
      return new Arrived(part, sink.content());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SimulatedResponse put(SimulatedRequest request) throws ErrorResponseException {
    String sha256 = request.variable("sha256");
    Arrived arrived = take(request);
    if (!arrived.part().sha256().equals(sha256)) {
      throw Signature.refusal(400, "BadDigest", "The content has another SHA-256");
    }
    synchronized (state) {
      state.bytesStored += arrived.part().bytes();
      state.objectsSent++;
      state.objects.put(
          sha256,
          new StoredObject(arrived.part().bytes(), arrived.content(), List.of(arrived.part())));
    }
    return tagged(arrived.part());
  }

  private SimulatedResponse part(SimulatedRequest request) throws ErrorResponseException {
    Arrived arrived = take(request);
    synchronized (state) {
      MultipartObject upload = state.uploads.get(request.variable("upload"));
      if (upload == null) {
        throw Signature.refusal(404, "NoSuchUpload", "There is no such upload");
      }
      state.bytesStored += arrived.part().bytes();
      upload.put(Integer.parseInt(request.variable("number")), arrived.part(), arrived.content());
    }
    return tagged(arrived.part());
  }

  private static SimulatedResponse tagged(StoredPart part) {
    return SimulatedResponse.content(200, "text/plain", StoredContent.of(""))
        .withHeader("ETag", MultipartObject.tag(part));
  }

  private SimulatedResponse get(SimulatedRequest request) throws ErrorResponseException {
    Signature.check(request, state.now());
    StoredObject object;
    synchronized (state) {
      object = state.objects.get(request.variable("sha256"));
    }
    StoredContent content = object == null ? null : object.content();
    if (content == null) {
      throw Signature.refusal(404, "NoSuchKey", "There is no such object");
    }
    return Ranges.answer(request, content)
        .withHeader("ETag", "\"" + request.variable("sha256") + "\"");
  }
}
