/**
 * What every simulated service is made of: a small HTTP server on loopback, routes, faults, pages,
 * stored contents and a record of all exchanges. The words of one service are in a sub-package.
 */
@NullMarked
package dev.finetune4j.simulator;

import org.jspecify.annotations.NullMarked;
