/** Training with TRL: what a request becomes, its data, its Python files and its environment. */
@NullMarked
package dev.finetune4j.huggingface.internal.trl;

import org.jspecify.annotations.NullMarked;
