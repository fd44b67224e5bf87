package dev.finetune4j.huggingface.internal.lfs;

import dev.finetune4j.providerkit.Content;
import dev.finetune4j.providerkit.TransferListener;
import java.util.function.BiFunction;

/**
 * A large file that is to be stored.
 *
 * @param sha256 of its content, by which it is named
 * @param bytes its size
 * @param slice gives its content from an offset on, of a length
 * @param progress is told how much has been sent
 */
public record LargeFile(
    String sha256, long bytes, BiFunction<Long, Long, Content> slice, TransferListener progress) {

  Content part(long offset, long length) {
    return slice.apply(offset, length);
  }
}
