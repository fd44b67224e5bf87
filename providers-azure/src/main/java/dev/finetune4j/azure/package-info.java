/**
 * Fine-tuning with Azure OpenAI (Microsoft Foundry): OpenAI's dialect on the data plane, and
 * deployments through Azure Resource Manager, which has a credential of its own and bills by the
 * hour. Facts of the service are those of its documents as read on 2026-11-22.
 */
@NullMarked
package dev.finetune4j.azure;

import org.jspecify.annotations.NullMarked;
