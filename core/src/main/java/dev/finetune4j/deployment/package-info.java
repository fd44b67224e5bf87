/**
 * Deploying a model, and deleting the deployment again. Some providers bill deployments by the
 * hour, so each deployment has a lease, and a sweep deletes those whose lease has expired.
 */
@NullMarked
package dev.finetune4j.deployment;

import org.jspecify.annotations.NullMarked;
