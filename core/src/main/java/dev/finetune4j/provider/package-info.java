/** What a provider module implements, and the only things that a workflow asks of it. */
@NullMarked
package dev.finetune4j.provider;

import org.jspecify.annotations.NullMarked;
