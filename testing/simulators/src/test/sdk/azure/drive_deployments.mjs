// Drives a resource manager with Azure's own package: makes, lists, resizes and deletes a deployment.
// Reads AZURE_RESOURCE_MANAGER_HOST, AZURE_MANAGEMENT_TOKEN, AZURE_SUBSCRIPTION_ID,
// AZURE_RESOURCE_GROUP and AZURE_OPENAI_ACCOUNT_NAME.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// The package is installed beside package.json in a cache folder, which is the working folder.
const require = createRequire(pathToFileURL(process.cwd() + "/package.json"));
const name = "@azure/arm-cognitiveservices";
const { CognitiveServicesManagementClient } = require(name);
const version = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version;
const env = process.env;

let checks = 0;
function equal(actual, expected) {
  assert.deepEqual(actual, expected);
  checks++;
}

const client = new CognitiveServicesManagementClient(
  { getToken: async () => ({ token: "unused", expiresOnTimestamp: Date.now() + 3_600_000 }) },
  env.AZURE_SUBSCRIPTION_ID,
  { endpoint: env.AZURE_RESOURCE_MANAGER_HOST, allowInsecureConnection: true },
);
// The package's own policy sends tokens over TLS only, and a simulator has none.
client.pipeline.removePolicy({ name: "bearerTokenAuthenticationPolicy" });
client.pipeline.addPolicy({
  name: "plainToken",
  sendRequest: (request, next) => {
    request.headers.set("Authorization", `Bearer ${env.AZURE_MANAGEMENT_TOKEN}`);
    return next(request);
  },
});

const place = [env.AZURE_RESOURCE_GROUP, env.AZURE_OPENAI_ACCOUNT_NAME];
const fast = { updateIntervalInMs: 200 };
const model = { format: "OpenAI", name: "gpt-4.1-mini", version: "2025-04-14" };
const wish = {
  sku: { name: "GlobalStandard", capacity: 10 },
  properties: { model },
  tags: { madeBy: "drive_deployments.mjs" },
};

const made = await client.deployments
  .beginCreateOrUpdateAndWait(...place, "by-npm", wish, fast);
equal(made.name, "by-npm");
equal(made.properties.provisioningState, "Succeeded");
equal(made.sku.capacity, 10);
equal(made.tags, { madeBy: "drive_deployments.mjs" });

const names = [];
for await (const each of client.deployments.list(...place)) names.push(each.name);
equal(names.includes("by-npm"), true);

const resized = await client.deployments
  .beginUpdateAndWait(...place, "by-npm", { sku: { name: "GlobalStandard", capacity: 20 } }, fast);
equal(resized.sku.capacity, 20);

const usages = [];
for await (const usage of client.usages.list(env.AZURE_LOCATION)) usages.push(usage);
const used = usages.find((usage) => usage.name.value === "OpenAI.GlobalStandard.gpt-4.1-mini");
equal(used.currentValue >= 20, true);

await assert.rejects(
  client.deployments.beginCreateOrUpdateAndWait(
    ...place, "too-big", { ...wish, sku: { name: "Standard", capacity: 100_000 } }, fast),
  (error) => error.statusCode === 400 && error.code === "InsufficientQuota",
);
checks++;

await client.deployments.beginDeleteAndWait(...place, "by-npm", fast);
await assert.rejects(client.deployments.get(...place, "no-such"), { statusCode: 404 });
checks++;
console.log(`${checks} checks held with ${name} ${version}`);
