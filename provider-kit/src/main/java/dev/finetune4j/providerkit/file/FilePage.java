package dev.finetune4j.providerkit.file;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a list of files. */
record FilePage(List<StoredFile> files, boolean hasMore) {

  static FilePage fetch(HttpTransport transport, Query query, @Nullable String after) {
    return transport.send(
        ApiRequest.get("files").query(query.andIfPresent("after", after)), FilePage::of);
  }

  private static FilePage of(JsonObject answer) {
    List<StoredFile> files = answer.objects("data").stream().map(StoredFile::of).toList();
    // A page that is empty and yet claims more would be asked for without end.
    return new FilePage(files, !files.isEmpty() && answer.findBoolean("has_more").orElse(false));
  }

  /** Returns where the next page begins; not all services send {@code last_id}. */
  String lastId() {
    return files.get(files.size() - 1).id();
  }
}
