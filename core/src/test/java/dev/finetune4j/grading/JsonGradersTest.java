package dev.finetune4j.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.PromptExample;
import java.util.List;
import org.junit.jupiter.api.Test;

/** JSON by its schema and by its fields. */
final class JsonGradersTest {
  private static final String SCHEMA =
      """
      {"type":"object","required":["name","price"],"additionalProperties":false,
       "properties":{"name":{"type":"string"},"price":{"type":"number","minimum":0}}}
      """;
  private static final PromptExample INVOICE =
      PromptExample.of(
          List.of(Message.user("Read the invoice.")),
          "{\"total\":120.50,\"customer\":{\"name\":\"Ayo Lund\"},\"lines\":[1,2]}");

  private final Grader fields =
      JsonFieldGrader.builder()
          .field("total", Graders.numeric(0.01), 3)
          .field("customer.name", Graders.normalised())
          .field("lines", Graders.jsonEquality())
          .field("discount", Graders.exact())
          .build();

  @Test
  void jsonThatFitsItsSchemaPasses() {
    Grade grade = Graders.jsonSchema(SCHEMA).grade(INVOICE, "{\"price\":2.5,\"name\":\"rice\"}");

    assertThat(grade).isEqualTo(Grade.pass());
  }

  @Test
  void everySchemaViolationIsNamed() {
    Grade grade = Graders.jsonSchema(SCHEMA).grade(INVOICE, "{\"price\":-1,\"size\":1}");

    assertThat(grade.passed()).isFalse();
    assertThat(grade.reason().orElseThrow())
        .startsWith("The answer does not match the schema: ")
        .contains("name")
        .contains("minimum")
        .contains("size");
  }

  @Test
  void invalidJsonFailsAndInvalidSchemasAreRejected() {
    assertThat(Graders.jsonSchema(SCHEMA).grade(INVOICE, "rice").reason().orElseThrow())
        .startsWith("The answer is not JSON.");
    assertThatThrownBy(() -> Graders.jsonSchema("[1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid JSON Schema:");
  }

  @Test
  void fieldsAreWeighted() {
    Grade grade =
        fields.grade(
            INVOICE, "{\"total\":\"120.5\",\"customer\":{\"name\":\"ayo lund\"},\"lines\":[2,1]}");

    assertThat(grade.score()).isCloseTo(5.0 / 6, within(1e-12));
    assertThat(grade.passed()).isFalse();
    assertThat(grade.reason()).contains("lines: Expected [1,2], got [2,1].");
  }

  @Test
  void missingAndUnexpectedFieldsFail() {
    Grade grade = fields.grade(INVOICE, "{\"total\":1,\"discount\":0,\"lines\":[1,2]}");

    assertThat(grade.score()).isCloseTo(1.0 / 6, within(1e-12));
    assertThat(grade.reason().orElseThrow())
        .contains("customer.name: It is missing.")
        .contains("discount: It is not expected.");
  }

  @Test
  void numericWithinToleratesAShareOfTheReference() {
    PromptExample example = PromptExample.of(List.of(Message.user("How far?")), "-200");

    assertThat(Graders.numericWithin(0.01).grade(example, "about -201.9 km").passed()).isTrue();
    assertThat(Graders.numericWithin(0.01).grade(example, "-202.1").passed()).isFalse();
    assertThatThrownBy(() -> Graders.numericWithin(-1))
        .hasMessage("share must be at least 0, was -1.0");
  }
}
