/**
 * Support for baselines with retrieval: reading passages from files, ranking them by BM25, and
 * computing embeddings locally.
 */
@NullMarked
package dev.finetune4j.retrieval;

import org.jspecify.annotations.NullMarked;
