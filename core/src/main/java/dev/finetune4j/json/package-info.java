/**
 * JSON for authors of providers and stores: trees, objects with typed members, and errors that name
 * the place. It shows no type of the JSON library beneath it.
 */
@NullMarked
package dev.finetune4j.json;

import org.jspecify.annotations.NullMarked;
