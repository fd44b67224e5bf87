/**
 * Access tokens, fetched when needed and cached until shortly before they expire, for services
 * without fixed keys.
 */
@NullMarked
package dev.finetune4j.providerkit.oauth;

import org.jspecify.annotations.NullMarked;
