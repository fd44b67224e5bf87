package dev.finetune4j.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.baseline.Passage;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class Bm25RetrieverTest {
  private static final List<Passage> CORPUS =
      List.of(
          new Passage("rice", "Rice cooks in the water for 18 minutes."),
          new Passage("stew", "The stew simmers in the oven for two hours, in the pot."),
          new Passage("salt", "The salt goes into the water."),
          new Passage("hours", "The kitchen is open from two to nine."));

  private final Bm25Retriever retriever = Bm25Retriever.of(CORPUS);

  private List<String> ids(String question, int count) {
    return retriever.nearest(question, count).stream().map(Passage::id).toList();
  }

  @Test
  void rareWordsCountMoreThanCommonOnes() {
    assertThat(ids("In the stew, the water?", 2)).startsWith("stew");
    assertThat(ids("the RICE", 1)).containsExactly("rice");
    assertThat(ids("water", 9)).containsExactly("salt", "rice");
  }

  @Test
  void whatSharesNoWordIsNotFound() {
    assertThat(ids("bicycle", 3)).isEmpty();
    assertThat(ids("", 3)).isEmpty();
    assertThat(ids("?!", 3)).isEmpty();
    assertThat(Bm25Retriever.of(List.of()).nearest("water", 3)).isEmpty();
  }

  @Test
  void questionsMayHoldAnythingThatAQueryLanguageWouldTrip() {
    assertThat(ids("title:(rice AND [\"water", 1)).containsExactly("rice");
  }

  @Test
  void theOrderIsThatOfTheFormula() {
    List<Passage> passages =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    new Passage(
                        String.valueOf(i),
                        "flour ".repeat(i % 4) + "egg ".repeat(i % 3) + "pan ".repeat(i % 7) + "x"))
            .toList();

    List<String> found =
        Bm25Retriever.of(passages).nearest("flour egg", 60).stream().map(Passage::id).toList();

    assertThat(found.subList(0, 20)).isEqualTo(byFormula(passages).subList(0, 20));
  }

  /** BM25 with k1 1.2 and b 0.75 (Robertson and Zaragoza 2009), equal scores in order. */
  private static List<String> byFormula(List<Passage> passages) {
    double meanLength =
        passages.stream().mapToInt(each -> each.text().split(" ").length).average().orElse(0);
    Map<Double, List<String>> byScore = new TreeMap<>();
    for (Passage passage : passages) {
      double score = 0;
      for (String word : List.of("flour", "egg")) {
        long holding = passages.stream().filter(each -> count(each, word) > 0).count();
        double rarity = Math.log(1 + (passages.size() - holding + 0.5) / (holding + 0.5));
        double times = count(passage, word);
        int length = passage.text().split(" ").length;
        score += rarity * times / (times + 1.2 * (0.25 + 0.75 * length / meanLength));
      }
      double rounded = -Math.round(score * 1e5) / 1e5;
      byScore.computeIfAbsent(rounded, key -> new ArrayList<>()).add(passage.id());
    }
    return byScore.values().stream().flatMap(List::stream).toList();
  }

  private static long count(Passage passage, String word) {
    return List.of(passage.text().split(" ")).stream().filter(word::equals).count();
  }

  @Test
  void anAlternativeShowsWhatIsFound() {
    List<String> asked = new ArrayList<>();
    ChatModel base =
        request -> {
          asked.add(request.messages().get(0).text());
          return ChatResponse.of("18");
        };

    Baselines.retrieval(retriever, 1).on(base).chat(ChatRequest.of("How long does rice cook?"));

    assertThat(asked.get(0)).contains(CORPUS.get(0).text()).endsWith("\nHow long does rice cook?");
  }
}
