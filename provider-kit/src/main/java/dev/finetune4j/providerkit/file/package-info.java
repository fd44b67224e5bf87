/**
 * Files of the OpenAI dialect: uploaded whole or in parallel parts, listed, awaited, downloaded,
 * deleted; and training data that is uploaded once however often it is asked for.
 */
@NullMarked
package dev.finetune4j.providerkit.file;

import org.jspecify.annotations.NullMarked;
