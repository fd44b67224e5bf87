package dev.finetune4j.huggingface.hub;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.Idempotency;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Hub's answer about new files before they are sent. */
final class Preupload {
  private static final int BATCH = 256;

  private final List<NewFile> small = new ArrayList<>();
  private final Map<NewFile, String> large = new LinkedHashMap<>();
  private int unchanged;
  private @Nullable String head;

  private Preupload() {}

  /** Asks about all files of a commit. One request per 256 files; reads large files once. */
  static Preupload of(HubCalls calls, HubCommit commit) {
    Preupload result = new Preupload();
    List<NewFile> files = List.copyOf(commit.files().values());
    for (int from = 0; from < files.size(); from += BATCH) {
      result.ask(
          calls, commit.revision(), files.subList(from, Math.min(files.size(), from + BATCH)));
    }
    return result;
  }

  private void ask(HubCalls calls, String revision, List<NewFile> files) {
    List<Object> asked = new ArrayList<>();
    Map<String, NewFile> byPath = new LinkedHashMap<>();
    for (NewFile file : files) {
      byPath.put(file.path(), file);
      asked.add(
          JsonObject.empty()
              .put("path", file.path())
              .put("sample", file.sample())
              .put("size", file.size())
              .asMap());
    }
    ApiRequest call =
        calls
            .api(ApiRequest::post, "/preupload/{revision}", revision)
            .json(JsonObject.empty().put("files", asked))
            .idempotency(Idempotency.SAFE);
    JsonObject answer = calls.send(call).json(json -> json);
    head = answer.findString("commitOid").orElse(head);
    for (JsonObject said : answer.objects("files")) {
      NewFile file = byPath.get(said.requireString("path"));
      if (file != null && !said.findBoolean("shouldIgnore").orElse(false)) {
        sort(file, said);
      }
    }
  }

  private void sort(NewFile file, JsonObject said) {
    String known = said.findString("oid").orElse("");
    // The store refuses an empty large file.
    if (said.requireString("uploadMode").equals("lfs") && file.size() > 0) {
      String hash = file.sha256();
      if (hash.equals(known)) {
        unchanged++;
      } else {
        large.put(file, hash);
      }
    } else if (!known.isEmpty() && known.equals(file.gitId())) {
      unchanged++;
    } else {
      small.add(file);
    }
  }

  /** Returns the files in the commit itself. */
  List<NewFile> small() {
    return small;
  }

  /** Returns the files that must be uploaded first, with their SHA-256. */
  Map<NewFile, String> large() {
    return large;
  }

  /** Returns the number of unchanged files. */
  int unchanged() {
    return unchanged;
  }

  /** Returns the commit of the branch; null if the Hub did not report it. */
  @Nullable String head() {
    return head;
  }
}
