package dev.finetune4j.huggingface.internal.lfs;

import dev.finetune4j.providerkit.RequestContent;
import dev.finetune4j.providerkit.TransferListener;
import java.util.function.BiFunction;

/**
 * A large file to upload.
 *
 * @param sha256 the hash of its content, which identifies it
 * @param bytes its size
 * @param slice returns a range of its content, by offset and length
 * @param progress notified of the upload progress
 */
public record LargeFile(
    String sha256,
    long bytes,
    BiFunction<Long, Long, RequestContent> slice,
    TransferListener progress) {

  RequestContent part(long offset, long length) {
    return slice.apply(offset, length);
  }
}
