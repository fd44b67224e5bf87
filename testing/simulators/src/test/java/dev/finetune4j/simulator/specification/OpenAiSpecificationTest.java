package dev.finetune4j.simulator.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.simulator.Exchanges;
import dev.finetune4j.simulator.Fault;
import dev.finetune4j.simulator.RecordedExchange;
import dev.finetune4j.simulator.openai.OpenAiTour;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import dev.finetune4j.specification.KnownGap;
import dev.finetune4j.specification.Specification;
import dev.finetune4j.testkit.FakeClock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every answer of the simulator is as OpenAI's published document says, but for known gaps. */
final class OpenAiSpecificationTest {
  private final Specification specification = Specification.assumeOpenAi();
  private final FakeClock time = new FakeClock();
  private final SimulatedOpenAi openAi = SimulatedOpenAi.builder().time(time).start();

  @AfterEach
  void close() {
    openAi.close();
  }

  @Test
  void everyAnswerOnEveryRouteIsAsTheDocumentSays() throws Exception {
    new OpenAiTour(openAi, time).walk();

    List<String> violations = new ArrayList<>();
    Set<String> visited = new LinkedHashSet<>();
    for (RecordedExchange exchange : openAi.requests()) {
      violations.addAll(specification.violations(Exchanges.of(exchange)));
      visited.add(exchange.method() + " " + exchange.template());
    }

    assertThat(violations).isEmpty();
    assertThat(visited).containsAll(openAi.routes());
  }

  @Test
  void theTourMeetsTheGapsThatAreListedAndNoOthers() throws Exception {
    new OpenAiTour(openAi, time).walk();

    openAi.requests().stream().map(Exchanges::of).forEach(specification::violations);

    assertThat(specification.gapsSeen()).containsExactlyInAnyOrder(KnownGap.values());
    assertThat(KnownGap.values()).allSatisfy(gap -> assertThat(gap.source()).contains("section"));
  }

  @Test
  void aMemberOfTheWrongTypeIsFound() throws Exception {
    openAi
        .faults()
        .next("GET /models", Fault.changed(object -> object.put("object", List.of("a", "list"))));

    new OpenAiTour(openAi, time).listModels();

    assertThat(specification.violations(Exchanges.of(openAi.requests().get(0))))
        .anySatisfy(violation -> assertThat(violation).contains("$.object").contains("string"));
  }

  @Test
  void aRequestMemberOfTheWrongTypeIsFoundThoughTheServiceTookIt() throws Exception {
    new OpenAiTour(openAi, time).chat("\"temperature\":1,\"seed\":\"seven\"");

    assertThat(openAi.requests().get(0).status()).isEqualTo(200);
    assertThat(specification.violations(Exchanges.of(openAi.requests().get(0))))
        .anySatisfy(violation -> assertThat(violation).contains("seed"));
  }
}
