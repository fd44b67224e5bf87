package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.simulator.StoredContent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of a training file, as far as the service uses it.
 *
 * @param problem its first error; null if it has none
 * @param memory the examples that a tuned model will know: at most the first 20,000 examples
 */
record TrainingFile(long examples, long tokens, @Nullable Problem problem, NearestAnswer memory) {
  private static final NearestAnswer NOTHING = new NearestAnswer(List.of());
  private static final int REMEMBERED = 20_000;
  private static final int CHARACTERS_PER_TOKEN = 4;
  private static final int MINIMUM_EXAMPLES = 10;

  /** Reads a file line by line; {@code param} is the member of the job that names it. */
  static TrainingFile read(StoredContent content, LineCheck check, String param) {
    List<NearestAnswer.Pair> pairs = new ArrayList<>();
    long examples = 0;
    long characters = 0;
    try (BufferedReader reader = reader(content)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.isBlank()) {
          continue;
        }
        examples++;
        characters += line.length();
        String wrong = check(line, check, pairs);
        if (!wrong.isEmpty()) {
          return failed(examples, param, "Line " + examples + ": " + wrong);
        }
      }
    } catch (CharacterCodingException e) {
      return failed(examples, param, "The file is not encoded in UTF-8.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (param.equals("training_file") && examples < MINIMUM_EXAMPLES) {
      String message =
          "Training file has %d example(s), but must have at least %d examples"
              .formatted(examples, MINIMUM_EXAMPLES);
      return new TrainingFile(
          examples, 0, new Problem("invalid_n_examples", param, message), NOTHING);
    }
    return new TrainingFile(
        examples, characters / CHARACTERS_PER_TOKEN, null, new NearestAnswer(pairs));
  }

  private static String check(String line, LineCheck check, List<NearestAnswer.Pair> pairs) {
    try {
      JsonObject example = Json.parseObject(line.startsWith("\uFEFF") ? line.substring(1) : line);
      String wrong = check.problem(example);
      if (wrong.isEmpty() && pairs.size() < REMEMBERED) {
        pairs.add(check.pair(example));
      }
      return wrong;
    } catch (JsonSyntaxException e) {
      return "this is not a valid JSON object. " + e.getMessage();
    }
  }

  private static TrainingFile failed(long examples, String param, String message) {
    String code = param.equals("training_file") ? "invalid_training_file" : "invalid_" + param;
    return new TrainingFile(examples, 0, new Problem(code, param, message), NOTHING);
  }

  private static BufferedReader reader(StoredContent content) {
    return new BufferedReader(
        new InputStreamReader(
            content.open(),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)));
  }
}
