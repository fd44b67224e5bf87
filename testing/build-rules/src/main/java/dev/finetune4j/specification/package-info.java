/**
 * Holds exchanges of a simulator, and so the requests of a provider, against the service's
 * published OpenAPI document where that is at hand.
 */
@NullMarked
package dev.finetune4j.specification;

import org.jspecify.annotations.NullMarked;
