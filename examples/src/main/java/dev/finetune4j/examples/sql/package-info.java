/**
 * Questions about small tables with the SQL that answers them, made by rule, and how SQL is judged.
 */
@NullMarked
package dev.finetune4j.examples.sql;

import org.jspecify.annotations.NullMarked;
