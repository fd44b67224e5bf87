// Drives a server that speaks OpenAI's API with OpenAI's own Node package, and checks what it says.
// Reads OPENAI_BASE_URL, OPENAI_API_KEY and OPENAI_ADMIN_KEY. A job must take seconds there.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// The package is installed beside package.json in a cache folder, which is the working folder.
const require = createRequire(pathToFileURL(process.cwd() + "/package.json"));
const { default: OpenAI, toFile } = require("openai");
const version = JSON.parse(readFileSync("node_modules/openai/package.json", "utf8")).version;

let checks = 0;
function equal(actual, expected) {
  assert.deepEqual(actual, expected);
  checks++;
}
function holds(value, what) {
  assert.ok(value, what);
  checks++;
}
const pause = () => new Promise((resolve) => setTimeout(resolve, 100));
async function all(list) {
  const items = [];
  for await (const item of list) items.push(item);
  return items;
}
async function wait(fetch, finished) {
  for (let i = 0; i < 600; i++) {
    const found = await fetch();
    if (finished.includes(found.status)) return found;
    await pause();
  }
  throw new Error("still not " + finished);
}
const data = (count) =>
  Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      messages: [
        { role: "user", content: `What colour is fruit${i}?` },
        { role: "assistant", content: `colour${i}` },
      ],
    }),
  ).join("\n");

const client = new OpenAI({ maxRetries: 0 });

let file = await client.files.create({
  file: await toFile(Buffer.from(data(12)), "train.jsonl"),
  purpose: "fine-tune",
});
file = await client.files.waitForProcessing(file.id, { pollInterval: 100 });
equal(file.status, "processed");
equal(await (await client.files.content(file.id)).text(), data(12));

const bytes = Buffer.from(data(300));
const upload = await client.uploads.create({
  filename: "parts.jsonl",
  bytes: bytes.length,
  mime_type: "text/jsonl",
  purpose: "fine-tune",
});
const half = Math.floor(bytes.length / 2);
const parts = await Promise.all(
  [bytes.subarray(0, half), bytes.subarray(half)].map(async (part) =>
    client.uploads.parts.create(upload.id, { data: await toFile(part, "part") }),
  ),
);
const completed = await client.uploads.complete(upload.id, { part_ids: parts.map((p) => p.id) });
equal(completed.status, "completed");
equal(await (await client.files.content(completed.file.id)).text(), data(300));

let job = await client.fineTuning.jobs.create({
  model: "gpt-4.1-mini",
  training_file: file.id,
  suffix: "colours",
  method: { type: "supervised", supervised: { hyperparameters: { n_epochs: 2 } } },
  metadata: { made_by: "drive_openai.mjs" },
});
equal(job.model, "gpt-4.1-mini-2025-04-14");
job = await wait(() => client.fineTuning.jobs.retrieve(job.id), ["succeeded", "failed"]);
equal(job.status, "succeeded");
holds(job.trained_tokens > 0, "tokens");
const events = await all(client.fineTuning.jobs.listEvents(job.id, { limit: 4 }));
equal(new Set(events.map((event) => event.id)).size, events.length);
equal(events.filter((event) => event.type === "metrics").length, 24);
holds(events.at(-1).message.startsWith("Created fine-tuning job"), events.at(-1).message);
const checkpoints = await all(client.fineTuning.jobs.checkpoints.list(job.id));
equal(checkpoints.map((point) => point.step_number), [24, 12]);
equal((await client.fineTuning.jobs.list({ limit: 1 })).data[0].id, job.id);
const csv = Buffer.from(await (await client.files.content(job.result_files[0])).text(), "base64");
equal(csv.toString().trim().split("\n").length, 25);

const admin = new OpenAI({ apiKey: process.env.OPENAI_ADMIN_KEY });
const shared = checkpoints[1].fine_tuned_model_checkpoint;
const permissions = admin.fineTuning.checkpoints.permissions;
const made = await all(permissions.create(shared, { project_ids: ["proj_1"] }));
equal(made[0].project_id, "proj_1");
const gone = await permissions.delete(made[0].id, { fine_tuned_model_checkpoint: shared });
equal(gone.deleted, true);

const model = job.fine_tuned_model;
const messages = [{ role: "user", content: "Which colour has fruit5?" }];
const answer = await client.chat.completions.create({ model, messages });
equal(answer.choices[0].message.content, "colour5");
let text = "";
let usage = null;
for await (const chunk of await client.chat.completions.create({
  model,
  messages,
  stream: true,
  stream_options: { include_usage: true },
})) {
  text += chunk.choices[0]?.delta?.content ?? "";
  usage = chunk.usage ?? usage;
}
equal(text, "colour5");
holds(usage.completion_tokens > 0, "usage of the stream");
const vector = await client.embeddings.create({ model: "text-embedding-3-small", input: "sea" });
equal(vector.data[0].embedding.length, 1536);
holds(vector.data[0].embedding.some((value) => value !== 0), "a vector");

const line = {
  custom_id: "row",
  method: "POST",
  url: "/v1/chat/completions",
  body: { model, messages },
};
const input = await client.files.create({
  file: await toFile(Buffer.from(JSON.stringify(line)), "batch.jsonl"),
  purpose: "batch",
});
let batch = await client.batches.create({
  input_file_id: input.id,
  endpoint: "/v1/chat/completions",
  completion_window: "24h",
});
batch = await wait(() => client.batches.retrieve(batch.id), ["completed", "failed"]);
equal(batch.request_counts, { total: 1, completed: 1, failed: 0 });
const output = JSON.parse(await (await client.files.content(batch.output_file_id)).text());
equal(output.response.body.choices[0].message.content, "colour5");

await assert.rejects(
  client.fineTuning.jobs.create({ model: "gpt-nothing", training_file: file.id }),
  (error) => error.status === 400 && error.code === "model_not_available" && !!error.requestID,
);
await assert.rejects(new OpenAI({ apiKey: "sk-wrong" }).models.list(), { status: 401 });
checks += 2;

const second = await client.fineTuning.jobs.create({ model: "gpt-4.1-mini", training_file: file.id });
equal((await client.fineTuning.jobs.pause(second.id)).status, "paused");
equal((await client.fineTuning.jobs.resume(second.id)).status, "queued");
equal((await client.fineTuning.jobs.cancel(second.id)).status, "cancelled");

const body = process.env.WEBHOOK_BODY;
if (body) {
  const headers = JSON.parse(process.env.WEBHOOK_HEADERS);
  const event = await client.webhooks.unwrap(body, headers, process.env.WEBHOOK_SECRET);
  equal(event.type, "fine_tuning.job.succeeded");
}

equal((await client.models.delete(model)).deleted, true);
equal((await client.files.delete(file.id)).deleted, true);
await assert.rejects(client.models.retrieve(model), { status: 404 });
checks++;
console.log(`${checks} checks held with openai ${version}`);
