/** Training with TRL: recipes, data, Python files and the Python environment. */
@NullMarked
package dev.finetune4j.huggingface.internal.trl;

import org.jspecify.annotations.NullMarked;
