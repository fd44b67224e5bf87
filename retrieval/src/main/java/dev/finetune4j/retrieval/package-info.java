/**
 * What alternatives with retrieval need beside core: passages out of files, BM25 over them, and
 * embeddings on this machine.
 */
@NullMarked
package dev.finetune4j.retrieval;

import org.jspecify.annotations.NullMarked;
