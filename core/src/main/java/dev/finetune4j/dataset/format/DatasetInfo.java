package dev.finetune4j.dataset.format;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.internal.record.RecordFiles;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * LLaMA-Factory's {@code dataset_info.json}: for each data set its file, its format, and the names
 * of columns and roles in it. Columns that an entry does not name are not used, as LLaMA-Factory
 * does, and are reported. Immutable and thread-safe.
 *
 * <p>Source: {@code data/README.md} and {@code data/parser.py} of LLaMA-Factory 0.9.5, looked up on
 * 2026-12-01.
 */
public final class DatasetInfo {
  private static final long LARGEST = 16L << 20;
  private static final Set<String> USED =
      Set.of("file_name", "formatting", "ranking", "columns", "tags");
  private static final List<String> ELSEWHERE =
      List.of("hf_hub_url", "ms_hub_url", "om_hub_url", "script_url", "cloud_file_name");

  /** From the usual names of our formats to those of LLaMA-Factory's columns. */
  private static final Map<String, String> COLUMNS =
      Map.ofEntries(
          Map.entry("instruction", "prompt"),
          Map.entry("input", "query"),
          Map.entry("output", "response"),
          Map.entry("history", "history"),
          Map.entry("conversations", "messages"),
          Map.entry("system", "system"),
          Map.entry("tools", "tools"),
          Map.entry("images", "images"),
          Map.entry("videos", "videos"),
          Map.entry("audios", "audios"),
          Map.entry("chosen", "chosen"),
          Map.entry("rejected", "rejected"),
          Map.entry("kto_tag", "kto_tag"));

  private static final Map<String, TurnLayout.Speaker> TAGS =
      Map.of(
          "user_tag", TurnLayout.Speaker.USER,
          "assistant_tag", TurnLayout.Speaker.ASSISTANT,
          "observation_tag", TurnLayout.Speaker.RESULT,
          "function_tag", TurnLayout.Speaker.CALL,
          "system_tag", TurnLayout.Speaker.SYSTEM);

  private final Path folder;
  private final JsonObject entries;

  private DatasetInfo(Path folder, JsonObject entries) {
    this.folder = folder;
    this.entries = entries;
  }

  /**
   * Reads a {@code dataset_info.json} of at most 16 MiB; the data files are looked for beside it.
   *
   * @throws DataFileException if it cannot be read
   * @throws JsonSyntaxException if it is not a JSON object
   */
  public static DatasetInfo read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new IOException("The file is larger than 16 MiB.");
      }
      Path folder = file.toAbsolutePath().getParent();
      return new DatasetInfo(folder == null ? file : folder, Json.readObject(file));
    } catch (IOException e) {
      throw new DataFileException("read", file, e);
    }
  }

  /** Returns the names of all entries. */
  public List<String> names() {
    return entries.names();
  }

  /** Returns the names of the entries whose data is a file beside this one. */
  public List<String> files() {
    return names().stream()
        .filter(name -> entries.requireObject(name).has("file_name"))
        .filter(name -> ELSEWHERE.stream().noneMatch(entries.requireObject(name)::has))
        .toList();
  }

  /**
   * Returns the members of an entry that {@link #open} does not apply, such as {@code num_samples}.
   *
   * @throws IllegalArgumentException if there is no entry with that name
   */
  public List<String> unused(String name) {
    return entry(name).names().stream().filter(member -> !USED.contains(member)).toList();
  }

  /**
   * Returns the data of an entry. Opens the file for a moment, to see whether it is a JSON array.
   *
   * @throws IllegalArgumentException if there is no entry with that name, or its data is not a file
   *     beside this one, or has a format that is not read; says why
   * @throws DataFileException if the file cannot be read
   */
  public FileDataset<?> open(String name) {
    JsonObject entry = entry(name);
    for (String elsewhere : ELSEWHERE) {
      if (entry.has(elsewhere)) {
        throw new IllegalArgumentException(
            "The data of \"" + name + "\" is not a file but " + elsewhere + "; download it first.");
      }
    }
    String fileName =
        entry
            .findString("file_name")
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The entry \"" + name + "\" has no file_name; add it."));
    Path file = folder.resolve(fileName).normalize();
    if (!file.startsWith(folder)) {
      throw new IllegalArgumentException(
          "The file \""
              + fileName
              + "\" is outside the folder of dataset_info.json; move it there.");
    }
    String ending = fileName.toLowerCase(Locale.ROOT);
    if (ending.endsWith(".parquet") || ending.endsWith(".arrow")) {
      throw new IllegalArgumentException(
          "The file \"" + fileName + "\" is not JSON or CSV; export it as JSON lines.");
    }
    return dataset(file, kind(file, ending), codec(name, entry));
  }

  private static FileKind kind(Path file, String ending) {
    try {
      if (RecordFiles.beginsWithBracket(file)) {
        return FileKind.JSON_ARRAY;
      }
    } catch (IOException e) {
      throw new DataFileException("read", file, e);
    }
    return ending.endsWith(".csv") ? FileKind.CSV : FileKind.JSON_LINES;
  }

  private static <E extends Example> FileDataset<E> dataset(
      Path file, FileKind kind, ExampleCodec<E> codec) {
    return new FileDataset<>(file, kind, codec);
  }

  private JsonObject entry(String name) {
    if (!entries.has(name)) {
      throw new IllegalArgumentException(
          "There is no data set \"" + name + "\"; the file has " + names() + ".");
    }
    return entries.requireObject(name);
  }

  private static ExampleCodec<?> codec(String name, JsonObject entry) {
    String formatting = entry.findString("formatting").orElse("alpaca");
    boolean pairs = entry.findBoolean("ranking").orElse(false);
    Optional<JsonObject> columns = entry.findObject("columns");
    boolean labelled = columns.filter(each -> each.has("kto_tag")).isPresent();
    TurnLayout layout = layout(entry);
    return switch (formatting) {
      case "alpaca" -> {
        Map<String, String> names = names(columns, Set.of("instruction", "input", "output"));
        if (!pairs && names.get("output") != null && names.get("output").isEmpty()) {
          throw new IllegalArgumentException(
              "The data set \""
                  + name
                  + "\" has plain texts without answers (pre-training), which are not read.");
        }
        yield labelled
            ? new RenamedCodec<>(new UnpairedCodec(layout, "\n"), names)
            : pairs
                ? new RenamedCodec<>(new AlpacaCodecs.Preference("\n"), names)
                : new RenamedCodec<>(new AlpacaCodecs.Chat("\n"), names);
      }
      case "sharegpt", "openai" -> {
        Map<String, String> names = names(columns, Set.of("conversations"));
        yield labelled
            ? new RenamedCodec<>(new UnpairedCodec(layout, "\n"), names)
            : pairs
                ? new RenamedCodec<>(new ShareGptCodecs.Preference(layout), names)
                : new RenamedCodec<>(new ShareGptCodecs.Chat(layout), names);
      }
      default ->
          throw new IllegalArgumentException(
              "The data set \""
                  + name
                  + "\" has the formatting \""
                  + formatting
                  + "\"; expected alpaca, sharegpt or openai.");
    };
  }

  /** Returns the names of members in the file; empty for those that are not used. */
  private static Map<String, String> names(Optional<JsonObject> columns, Set<String> usual) {
    Map<String, String> names = new LinkedHashMap<>();
    COLUMNS.forEach(
        (ours, theirs) -> {
          String column =
              columns.isPresent()
                  ? columns.get().findString(theirs).orElse("")
                  : usual.contains(ours) ? ours : "";
          // A label that no entry names is still looked for, so that it is refused.
          if (!ours.equals("kto_tag") || !column.isEmpty()) {
            names.put(ours, column);
          }
        });
    if (columns.filter(each -> each.has("kto_tag")).isPresent()) {
      names.put("label", "");
    }
    for (String other : List.of("messages", "image", "chosen_messages", "rejected_messages")) {
      names.put(other, "");
    }
    return names;
  }

  private static TurnLayout layout(JsonObject entry) {
    JsonObject tags = entry.findObject("tags").orElse(JsonObject.empty());
    TurnLayout layout =
        TurnLayout.SHARE_GPT.withMembers(
            tags.findString("role_tag").orElse("from"),
            tags.findString("content_tag").orElse("value"));
    Map<TurnLayout.Speaker, List<String>> words = new LinkedHashMap<>(layout.words());
    List<String> given = new ArrayList<>();
    TAGS.forEach((tag, speaker) -> tags.findString(tag).ifPresent(given::add));
    words.replaceAll(
        (speaker, known) -> known.stream().filter(word -> !given.contains(word)).toList());
    TAGS.forEach(
        (tag, speaker) ->
            tags.findString(tag).ifPresent(word -> words.put(speaker, List.of(word))));
    return new TurnLayout(layout.from(), layout.value(), words);
  }
}
