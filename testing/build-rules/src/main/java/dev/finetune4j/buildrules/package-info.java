/**
 * The walls of this project as rules of ArchUnit, for its own modules and for providers written
 * elsewhere. Needs the archunit artifact beside testkit, which does not bring it.
 */
@NullMarked
package dev.finetune4j.buildrules;

import org.jspecify.annotations.NullMarked;
