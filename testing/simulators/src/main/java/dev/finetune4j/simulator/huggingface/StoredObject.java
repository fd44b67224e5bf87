package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.simulator.Content;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A large file that the store has.
 *
 * @param size in bytes
 * @param content null where the simulator only hashes
 * @param pieces the SHA-256 and size of each part as it came; one for the whole
 */
record StoredObject(long size, @Nullable Content content, List<StoredPart> pieces) {}
