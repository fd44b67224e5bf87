package dev.finetune4j.evaluation;

import dev.finetune4j.json.JsonObject;
import java.util.List;

/**
 * Questions that were sent together, and the batches that carry them.
 *
 * @param ids what the batches are called at the service
 * @param keys the samples that they are to answer
 */
record SentBatch(List<String> ids, List<SampleKey> keys) {

  JsonObject write() {
    return JsonObject.empty()
        .put("ids", ids)
        .put("samples", keys.stream().map(key -> SampleStore.json(key).asMap()).toList());
  }

  static SentBatch read(JsonObject json) {
    return new SentBatch(
        json.list("ids").stream().map(String::valueOf).toList(),
        json.objects("samples").stream().map(SampleStore::key).toList());
  }
}
