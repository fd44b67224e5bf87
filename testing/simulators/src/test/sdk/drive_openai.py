"""Drives a server that speaks OpenAI's API with OpenAI's own Python package, and checks what it says.

Reads OPENAI_BASE_URL, OPENAI_API_KEY and OPENAI_ADMIN_KEY. A job must take seconds there. Ends with a
failed assertion at the first thing that is not as documented, else prints how many checks held.
"""

import base64
import csv
import io
import json
import os
import time

import openai

checks = 0


def check(holds, what):
    global checks
    assert holds, what
    checks += 1


def training_data(count):
    for i in range(count):
        yield {
            "messages": [
                {"role": "system", "content": "Say the colour."},
                {"role": "user", "content": f"What colour is fruit{i}?"},
                {"role": "assistant", "content": f"colour{i}", "weight": 1},
            ]
        }


def jsonl(items):
    return "\n".join(json.dumps(item) for item in items).encode()


def wait(fetch, finished, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = fetch()
        if found.status in finished:
            return found
        time.sleep(0.1)
    raise AssertionError(f"still {found.status} after {seconds} s")


def upload(client):
    file = client.files.create(
        file=("train.jsonl", jsonl(training_data(12))), purpose="fine-tune"
    )
    check(file.filename == "train.jsonl" and file.purpose == "fine-tune", file)
    file = client.files.wait_for_processing(file.id, poll_interval=0.1)
    check(file.status == "processed", file)
    check(file.id in [listed.id for listed in client.files.list(purpose="fine-tune")], "listed")
    check(client.files.content(file.id).read() == jsonl(training_data(12)), "content")
    in_parts = client.uploads.upload_file_chunked(
        file=jsonl(training_data(400)),
        filename="parts.jsonl",
        bytes=len(jsonl(training_data(400))),
        mime_type="text/jsonl",
        purpose="fine-tune",
        part_size=10_000,
    )
    check(in_parts.status == "completed" and in_parts.file.bytes == in_parts.bytes, in_parts)
    check(client.files.content(in_parts.file.id).read() == jsonl(training_data(400)), "parts")
    return file, in_parts.file


def train(client, file, validation):
    job = client.fine_tuning.jobs.create(
        model="gpt-4.1-mini",
        training_file=file.id,
        validation_file=validation.id,
        suffix="colours",
        seed=7,
        method={"type": "supervised", "supervised": {"hyperparameters": {"n_epochs": 3}}},
        metadata={"made_by": "drive_openai.py"},
    )
    check(job.model == "gpt-4.1-mini-2025-04-14", job.model)
    check(job.status == "validating_files" and job.seed == 7, job)
    seen = []
    ended = False
    while not ended:
        time.sleep(0.1)
        job = client.fine_tuning.jobs.retrieve(job.id)
        ended = job.status in ("succeeded", "failed", "cancelled")
        # The list is paged by the package; what was seen before comes again.
        newest_first = list(client.fine_tuning.jobs.list_events(job.id, limit=5))
        known = {event.id for event in seen}
        seen += [event for event in reversed(newest_first) if event.id not in known]
    check(job.status == "succeeded", job)
    check(job.trained_tokens > 0 and job.finished_at >= job.created_at, job)
    check(seen[0].message.startswith("Created fine-tuning job"), seen[0])
    losses = [event.data["train_loss"] for event in seen if event.type == "metrics"]
    check(len(losses) == 36 and losses[-1] < losses[0], losses)
    checkpoints = list(client.fine_tuning.jobs.checkpoints.list(job.id))
    check([point.step_number for point in checkpoints] == [36, 24, 12], checkpoints)
    check(checkpoints[0].metrics.full_valid_loss > 0, checkpoints[0])
    check(checkpoints[1].fine_tuned_model_checkpoint.endswith(":ckpt-step-24"), checkpoints[1])
    listed = client.fine_tuning.jobs.list(limit=1)
    check(listed.data[0].id == job.id, listed)
    return job, checkpoints


def result_file(client, job):
    content = client.files.content(job.result_files[0]).read()
    rows = list(csv.DictReader(io.StringIO(base64.b64decode(content).decode())))
    check(len(rows) == 36 and rows[-1]["step"] == "36", rows[-1:])
    check(float(rows[-1]["train_loss"]) < float(rows[0]["train_loss"]), "the loss falls")
    check(rows[0]["valid_loss"] == "" and rows[35]["full_valid_loss"] != "", "missing cells")


def share(job, checkpoints):
    admin = openai.OpenAI(api_key=os.environ["OPENAI_ADMIN_KEY"])
    permissions = admin.fine_tuning.checkpoints.permissions
    model = checkpoints[1].fine_tuned_model_checkpoint
    made = list(permissions.create(model, project_ids=["proj_1", "proj_2"]))
    check([permission.project_id for permission in made] == ["proj_1", "proj_2"], made)
    check(permissions.delete(made[0].id, fine_tuned_model_checkpoint=model).deleted, "deleted")


def ask(client, model):
    question = [{"role": "user", "content": "Which colour has fruit5?"}]
    answer = client.chat.completions.create(model=model, messages=question, temperature=0)
    check(answer.choices[0].message.content == "colour5", answer)
    check(answer.usage.total_tokens > 0 and answer.model == model, answer)
    stream = client.chat.completions.create(
        model=model, messages=question, stream=True, stream_options={"include_usage": True}
    )
    chunks = list(stream)
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    check(text == "colour5" and chunks[-1].usage.completion_tokens > 0, chunks[-1])
    probable = client.chat.completions.create(model=model, messages=question, logprobs=True)
    tokens = [entry.token for entry in probable.choices[0].logprobs.content]
    check("".join(tokens) == "colour5", tokens)
    vectors = client.embeddings.create(
        model="text-embedding-3-small", input=["a red apple", "red apples", "sea"], dimensions=256
    )
    near, far = (
        sum(a * b for a, b in zip(vectors.data[0].embedding, other.embedding))
        for other in vectors.data[1:]
    )
    check(near > far, (near, far))


def batch(client, model):
    lines = [
        {
            "custom_id": f"row-{i}",
            "method": "POST",
            "url": "/v1/chat/completions",
            "body": {"model": model, "messages": [{"role": "user", "content": f"fruit{i}"}]},
        }
        for i in range(5)
    ]
    file = client.files.create(file=("batch.jsonl", jsonl(lines)), purpose="batch")
    made = client.batches.create(
        input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h"
    )
    made = wait(lambda: client.batches.retrieve(made.id), ("completed", "failed", "expired"))
    check(made.status == "completed" and made.request_counts.completed == 5, made)
    output = client.files.content(made.output_file_id).text.splitlines()
    answers = {line["custom_id"]: line["response"]["body"] for line in map(json.loads, output)}
    check(answers["row-3"]["choices"][0]["message"]["content"] == "colour3", answers)
    check(made.id in [listed.id for listed in client.batches.list(limit=5)], "listed")


def grade(client):
    grader = {
        "type": "string_check",
        "name": "same",
        "input": "{{sample.output_text}}",
        "reference": "{{item.answer}}",
        "operation": "eq",
    }
    graders = client.fine_tuning.alpha.graders
    check(graders.validate(grader=grader).grader.name == "same", "validated")
    graded = graders.run(grader=grader, model_sample="7", item={"answer": "7"})
    check(graded.reward == 1, graded)


def refusals(client, file):
    try:
        client.fine_tuning.jobs.create(model="gpt-nothing", training_file=file.id)
        raise AssertionError("an unknown model was taken")
    except openai.BadRequestError as error:
        check(error.code == "model_not_available" and error.request_id, error)
    try:
        openai.OpenAI(api_key="sk-wrong").models.list()
        raise AssertionError("a wrong key was taken")
    except openai.AuthenticationError as error:
        check(error.code == "invalid_api_key", error)
    short = client.files.create(file=("short.jsonl", jsonl(training_data(3))), purpose="fine-tune")
    job = client.fine_tuning.jobs.create(model="gpt-4.1-mini", training_file=short.id)
    job = wait(lambda: client.fine_tuning.jobs.retrieve(job.id), ("failed",))
    check(job.error.code == "invalid_n_examples", job.error)


def cancel(client, file):
    job = client.fine_tuning.jobs.create(model="gpt-4.1-mini", training_file=file.id)
    check(client.fine_tuning.jobs.pause(job.id).status == "paused", "paused")
    check(client.fine_tuning.jobs.resume(job.id).status == "queued", "resumed")
    check(client.fine_tuning.jobs.cancel(job.id).status == "cancelled", "cancelled")


def clean_up(client, files, model):
    check(model in [listed.id for listed in client.models.list()], "the model is listed")
    check(client.models.delete(model).deleted, "the model is deleted")
    for file in files:
        check(client.files.delete(file.id).deleted, "the file is deleted")
    for gone in (lambda: client.models.retrieve(model), lambda: client.files.retrieve(files[0].id)):
        try:
            gone()
            raise AssertionError("what was deleted is still there")
        except openai.NotFoundError as error:
            check(error.status_code == 404, error)


def main():
    client = openai.OpenAI(max_retries=0)
    file, validation = upload(client)
    job, checkpoints = train(client, file, validation)
    result_file(client, job)
    share(job, checkpoints)
    ask(client, job.fine_tuned_model)
    batch(client, job.fine_tuned_model)
    grade(client)
    refusals(client, file)
    cancel(client, file)
    clean_up(client, [file, validation], job.fine_tuned_model)
    print(f"{checks} checks held with openai {openai.__version__}")


main()
