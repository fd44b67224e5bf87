/**
 * Tokens that prove who calls, fetched when they are needed and kept until shortly before they
 * expire: what services want that take no fixed keys.
 */
@NullMarked
package dev.finetune4j.providerkit.oauth;

import org.jspecify.annotations.NullMarked;
