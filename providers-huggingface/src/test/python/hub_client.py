"""Drives a Hub with the official Python client; HF_ENDPOINT, HF_TOKEN and HF_HOME say which."""

import hashlib
import os
import pathlib
import sys

from huggingface_hub import CommitOperationAdd, HfApi, __version__
from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError

SMALL = b"# Recipes\n"
LARGE = bytes(range(256)) * 1000
HUGE = hashlib.sha512(b"seed").digest() * 200_000


def check(what, holds):
    print(("ok   " if holds else "FAIL ") + what, flush=True)
    if not holds:
        sys.exit(1)


def main():
    work = pathlib.Path(sys.argv[1])
    api = HfApi()
    me = api.whoami()["name"]
    name = f"{me}/recipes"

    api.create_repo(name, repo_type="dataset", private=True)
    api.create_repo(name, repo_type="dataset", private=True, exist_ok=True)
    check("a private dataset is made", api.dataset_info(name).private)

    (work / "data").mkdir(parents=True)
    (work / "README.md").write_bytes(SMALL)
    (work / "data" / "train.jsonl").write_bytes(LARGE)
    (work / "data" / "weights.bin").write_bytes(HUGE)
    info = api.upload_folder(repo_id=name, repo_type="dataset", folder_path=str(work))
    again = api.upload_folder(repo_id=name, repo_type="dataset", folder_path=str(work))
    check("what is there already makes no commit", again.oid == info.oid)

    files = {item.path: item for item in api.list_repo_tree(name, repo_type="dataset", recursive=True)}
    check("the folder is listed", {"README.md", "data", "data/train.jsonl", "data/weights.bin"} < set(files))
    check("the hash is that of the content",
          files["data/weights.bin"].lfs.sha256 == hashlib.sha256(HUGE).hexdigest())
    paths = api.get_paths_info(name, ["README.md", "none"], repo_type="dataset")
    check("paths that are not there are left out", [path.path for path in paths] == ["README.md"])

    for path, content in (("README.md", SMALL), ("data/train.jsonl", LARGE), ("data/weights.bin", HUGE)):
        local = api.hf_hub_download(name, path, repo_type="dataset")
        check(f"{path} comes back", pathlib.Path(local).read_bytes() == content)
    snapshot = api.snapshot_download(name, repo_type="dataset", revision=info.oid)
    check("the snapshot is that of the commit", os.path.basename(snapshot) == info.oid)

    api.create_commit(name, repo_type="dataset", commit_message="more", parent_commit=info.oid,
                      operations=[CommitOperationAdd("more.txt", b"more")])
    api.delete_file("more.txt", name, repo_type="dataset")
    check("a deleted file no longer exists", "more.txt" not in api.list_repo_files(name, repo_type="dataset"))

    api.create_repo("acme/closed")
    api.upload_file(path_or_fileobj=b"a", path_in_repo="a.txt", repo_id="acme/closed")
    try:
        api.hf_hub_download("acme/closed", "a.txt")
        check("a gated model is refused", False)
    except GatedRepoError:
        check("a gated model is refused", True)
    try:
        api.model_info("acme/none")
        check("a missing model is reported", False)
    except RepositoryNotFoundError:
        check("a missing model is reported", True)

    hardware = {item.name for item in api.list_jobs_hardware()}
    check("machines are listed", "a10g-large" in hardware)
    job = api.run_job(image="python:3.12", command=["python", "-c", "print(1)"], flavor="cpu-basic",
                      timeout="10m", secrets={"HF_TOKEN": "hf_secret"}, labels={"key": "k1"})
    lines = []
    while api.inspect_job(job_id=job.id).status.stage in ("SCHEDULING", "RUNNING"):
        lines = list(api.fetch_job_logs(job_id=job.id))
    lines = list(api.fetch_job_logs(job_id=job.id))
    check("the job is through", api.inspect_job(job_id=job.id).status.stage == "COMPLETED")
    check("its log is complete", lines == ["one", "two"])
    check("it is listed", [item.id for item in api.list_jobs()] == [job.id])
    second = api.run_job(image="python:3.12", command=["sleep", "1"])
    api.cancel_job(job_id=second.id)
    check("a cancelled job ends", api.inspect_job(job_id=second.id).status.stage == "CANCELED")

    cached = api.hf_hub_download(sys.argv[2], "data/train.jsonl", repo_type="dataset", local_files_only=True)
    check("what the Java client fetched is found in the cache", pathlib.Path(cached).read_text() == sys.argv[3])

    api.delete_repo(name, repo_type="dataset")
    check("a deleted repository no longer exists", not api.repo_exists(name, repo_type="dataset"))
    print("huggingface_hub", __version__, "on Python", sys.version.split()[0])


main()
