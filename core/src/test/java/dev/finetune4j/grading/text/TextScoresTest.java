package dev.finetune4j.grading.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.finetune4j.inference.Embeddings;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Holds the measures against what sacrebleu, nltk, rouge-score and rapidfuzz say (see {@code
 * src/test/python/text_metrics.py}).
 */
final class TextScoresTest {
  private static final Map<String, TextScore> SCORES =
      Map.of(
          "bleu", TextScores.bleu(),
          "gleu", TextScores.gleu(),
          "meteor", TextScores.meteor(),
          "rouge_1", TextScores.rouge(1),
          "rouge_2", TextScores.rouge(2),
          "rouge_3", TextScores.rouge(3),
          "rouge_4", TextScores.rouge(4),
          "rouge_5", TextScores.rouge(5),
          "rouge_l", TextScores.rougeL(),
          "fuzzy_match", TextScores.fuzzyMatch());

  @Test
  void everyMeasureAgreesWithItsReferenceProgram() throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("src/test/resources/golden/text-metrics.jsonl"));
    SoftAssertions softly = new SoftAssertions();

    for (String line : lines) {
      JsonObject golden = Json.parseObject(line);
      String answer = golden.requireString("answer");
      String reference = golden.requireString("reference");
      SCORES.forEach(
          (name, score) ->
              softly
                  .assertThat(score.of(answer, reference))
                  .as("%s of <%s> and <%s>", name, answer, reference)
                  .isCloseTo(golden.requireObject("scores").requireDouble(name), within(1e-6)));
    }

    assertThat(lines).hasSizeGreaterThan(70);
    softly.assertAll();
  }

  @Test
  void everyStemIsTheOneOfNltk() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("src/test/resources/golden/porter-stems.txt"));
    SoftAssertions softly = new SoftAssertions();

    for (String line : lines) {
      String[] pair = line.split(" ", 2);
      softly.assertThat(PorterStemmer.stem(pair[0])).as(pair[0]).isEqualTo(pair[1]);
    }

    assertThat(lines).hasSizeGreaterThan(1_000);
    softly.assertAll();
  }

  @Test
  void meteorMatchesSynonymsWhereItIsGivenThem() {
    TextScore plain = TextScores.meteor();
    TextScore withSynonyms =
        TextScores.meteor(word -> word.equals("sofa") ? Set.of("couch", "settee") : Set.of());

    assertThat(plain.of("a red sofa", "a red couch")).isLessThan(0.7);
    assertThat(withSynonyms.of("a red sofa", "a red couch"))
        .isEqualTo(plain.of("a red couch", "a red couch"));
  }

  @Test
  void cosineIsOneForTheSameDirectionAndNeverBelowZero() {
    TextScore cosine =
        TextScores.cosine(
            texts ->
                Embeddings.of(
                    texts.stream().map(text -> new float[] {text.length() - 3f, 1}).toList()));

    assertThat(cosine.of("abc", "xyz")).isCloseTo(1, within(1e-12));
    assertThat(cosine.of("abcd", "xyz")).isCloseTo(Math.sqrt(0.5), within(1e-6));
    assertThat(cosine.of("abcdefgh", "")).isZero();
  }
}
