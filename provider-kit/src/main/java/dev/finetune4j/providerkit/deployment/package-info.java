/** What the providers that deploy have in common. */
@NullMarked
package dev.finetune4j.providerkit.deployment;

import org.jspecify.annotations.NullMarked;
