package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.simulator.ErrorResponseException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One repository with all its commits. Guarded by the monitor of the state. */
final class Repository {
  final String kind;
  final String name;
  boolean isPrivate;
  private final Map<String, SortedMap<String, RepositoryFile>> commits = new LinkedHashMap<>();
  private final Map<String, String> branches = new LinkedHashMap<>();

  Repository(String kind, String name, boolean isPrivate) {
    this.kind = kind;
    this.name = name;
    this.isPrivate = isPrivate;
    TreeMap<String, RepositoryFile> first = new TreeMap<>();
    byte[] attributes = "*.safetensors filter=lfs\n".getBytes(StandardCharsets.UTF_8);
    first.put(".gitattributes", RepositoryFile.small(attributes));
    commit("main", first);
  }

  /** Returns the latest commit of a branch, or the commit itself. */
  String resolve(String revision) throws ErrorResponseException {
    String commit = branches.getOrDefault(revision, revision);
    if (!commits.containsKey(commit)) {
      throw HubErrors.noRevision(revision);
    }
    return commit;
  }

  SortedMap<String, RepositoryFile> files(String revision) throws ErrorResponseException {
    SortedMap<String, RepositoryFile> files = commits.get(resolve(revision));
    if (files == null) {
      throw HubErrors.noRevision(revision);
    }
    return files;
  }

  boolean hasBranch(String branch) {
    return branches.containsKey(branch);
  }

  /** Returns how many commits there are, the first and empty one included. */
  int commitCount() {
    return commits.size();
  }

  void branch(String branch, String start) throws ErrorResponseException {
    branches.put(branch, resolve(start));
  }

  /** Adds a file to a branch, which is created if missing. */
  String put(String branch, String path, RepositoryFile file) {
    String head = branches.get(branch);
    Map<String, RepositoryFile> before = head == null ? null : commits.get(head);
    Map<String, RepositoryFile> files = new TreeMap<>(before == null ? Map.of() : before);
    files.put(path, file);
    return commit(branch, files);
  }

  String commit(String branch, Map<String, RepositoryFile> files) {
    byte[] seed = (kind + name + branch + commits.size()).getBytes(StandardCharsets.UTF_8);
    String commit = Hashes.sha1(seed, files.keySet().toString().getBytes(StandardCharsets.UTF_8));
    commits.put(commit, new TreeMap<>(files));
    branches.put(branch, commit);
    return commit;
  }
}
