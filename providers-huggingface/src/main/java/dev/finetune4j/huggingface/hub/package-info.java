/**
 * The Hub: repositories of models, data sets and Spaces; commits to them, and downloads into the
 * cache that the Python client also uses.
 */
@NullMarked
package dev.finetune4j.huggingface.hub;

import org.jspecify.annotations.NullMarked;
