package dev.finetune4j.local.internal.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class RecipeTextTest {
  @Test
  void theSameSeedGivesTheSameText() throws Exception {
    RecipeText first = new RecipeText(RecipeWords.load(), 3);
    RecipeText second = new RecipeText(RecipeWords.load(), 3);

    for (int i = 0; i < 50; i++) {
      assertThat(second.document()).isEqualTo(first.document());
      assertThat(second.conversation()).isEqualTo(first.conversation());
    }
  }

  @Test
  void noIngredientAloneEverStandsInAJsonList() throws Exception {
    RecipeWords words = RecipeWords.load();
    Set<String> ingredients = new HashSet<>();
    for (String list : List.of("measured", "counted", "packaged")) {
      ingredients.addAll(words.list(list));
    }
    Pattern element = Pattern.compile("(?:\\[|, )\"([^\"]*)\"");
    RecipeText text = new RecipeText(words, 4);

    for (int i = 0; i < 2_000; i++) {
      RecipeText.Document document = text.document();
      Matcher matcher = element.matcher(document.start() + document.end());
      while (matcher.find()) {
        assertThat(ingredients).doesNotContain(matcher.group(1));
      }
    }
  }
}
