/**
 * What all formats of exchange share: findings with their place and suggestion, and the exception
 * that carries them. Each format has a package of its own.
 */
@NullMarked
package dev.finetune4j.exchange;

import org.jspecify.annotations.NullMarked;
