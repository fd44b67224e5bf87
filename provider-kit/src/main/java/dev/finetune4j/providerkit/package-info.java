/** For authors of providers. */
@NullMarked
package dev.finetune4j.providerkit;

import org.jspecify.annotations.NullMarked;
