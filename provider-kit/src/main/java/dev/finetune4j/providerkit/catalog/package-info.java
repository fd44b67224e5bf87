/**
 * The models that a service lists, and the dates of their end put into the catalog that this
 * library carries.
 */
@NullMarked
package dev.finetune4j.providerkit.catalog;

import org.jspecify.annotations.NullMarked;
