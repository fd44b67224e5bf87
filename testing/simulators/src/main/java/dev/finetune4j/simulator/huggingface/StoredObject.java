package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.simulator.StoredContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A large file in the store.
 *
 * @param size in bytes
 * @param content null where the simulator only hashes
 * @param pieces the SHA-256 and size of each uploaded part; one for the whole
 */
record StoredObject(long size, @Nullable StoredContent content, List<StoredPart> pieces) {}
