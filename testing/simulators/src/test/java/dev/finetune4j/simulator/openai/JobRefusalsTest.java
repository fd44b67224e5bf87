package dev.finetune4j.simulator.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.testkit.FakeClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the service refuses when a job is created, and what makes a job fail. */
final class JobRefusalsTest {
  private final FakeClock time = new FakeClock();
  private final SimulatedOpenAi openAi = SimulatedOpenAi.builder().time(time).start();
  private final Wire wire = new Wire(openAi);

  @AfterEach
  void close() {
    openAi.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model          | 'model':'gpt-nothing'",
        "model          | 'model':'o4-mini'",
        "training_file  | 'training_file':'file-none'",
        "suffix         | 'suffix':'LONG'",
        "seed           | 'seed':-1",
        "metadata       | 'metadata':{'k':'LONG LONG LONG LONG LONG LONG LONG LONG'}",
        "metadata       | 'metadata':{'LONG':'v'}",
        "metadata       | 'metadata':{'k':7}",
        "integrations   | 'integrations':[{'type':'wandb','wandb':{}}]",
        "method.type    | 'method':{'type':'magic'}",
        "hyperparameters.n_epochs | 'hyperparameters':{'n_epochs':51}",
        "hyperparameters.n_epochs | 'hyperparameters':{'n_epochs':1.5}",
        "hyperparameters.batch_size | 'hyperparameters':{'batch_size':0}",
        "hyperparameters.beta | 'hyperparameters':{'beta':0.1}",
        "hyperparameters.learning_rate_multiplier"
            + " | 'hyperparameters':{'learning_rate_multiplier':0}",
        "method.reinforcement.grader"
            + " | 'model':'o4-mini','method':{'type':'reinforcement','reinforcement':{}}",
      })
  void aMemberThatIsNotAsDocumentedIsNamed(String param, String members) throws Exception {
    String file = wire.file(Wire.examples(10));
    String wrong = members.trim().replace('\'', '"').replace("LONG", "x".repeat(65));
    String body = "{\"model\":\"gpt-4.1-mini\",\"training_file\":\"" + file + "\"," + wrong + "}";

    HttpResponse<String> answer = wire.post("/fine_tuning/jobs", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Wire.error(answer).requireString("param")).isEqualTo(param.trim());
    assertThat(openAi.jobsCreated()).isZero();
  }

  @Test
  void everyHyperparameterMayBeAutoOrANumber() throws Exception {
    String id =
        wire.job(
            ",\"method\":{\"type\":\"dpo\",\"dpo\":{\"hyperparameters\":"
                + "{\"beta\":\"auto\",\"n_epochs\":2,\"batch_size\":\"auto\"}}}");

    JsonObject method = Wire.json(wire.get("/fine_tuning/jobs/" + id)).requireObject("method");

    JsonObject shown = method.requireObject("dpo").requireObject("hyperparameters");
    assertThat(shown.requireString("beta")).isEqualTo("auto");
    assertThat(shown.requireLong("n_epochs")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "supervised | no JSON | this is not a valid JSON object",
        "supervised | {'messages':[]} | the example has no messages",
        "supervised | {'messages':[{'role':'robot','content':'x'}]} | has the role 'robot'",
        "supervised | {'messages':[{'role':'user','content':'x'}]} | no assistant message",
        "supervised | {'messages':[{'role':'assistant','content':'x','weight':2}]} | weight",
        "supervised | {'messages':[{'role':'assistant','content':'x','mood':1}]} | key 'mood'",
        "supervised | {'messages':[{'role':'assistant'}]} | has no content",
        "dpo | {'preferred_output':[]} | the example has no input with messages",
        "dpo | {'input':{'messages':[{'role':'user','content':'x'}]}} | preferred_output",
      })
  void aLineThatIsNotAsDocumentedFailsTheJobAndIsCounted(String method, String line, String part)
      throws Exception {
    String lines = line.trim().replace('\'', '"') + "\n" + Wire.examples(10);
    String body =
        "{\"model\":\"gpt-4.1-mini\",\"training_file\":\"%s\",\"method\":{\"type\":\"%s\"}}"
            .formatted(wire.file(lines), method.trim());
    String id = Wire.json(wire.post("/fine_tuning/jobs", body)).requireString("id");

    time.advance(Duration.ofMinutes(1));
    JsonObject job = Wire.json(wire.get("/fine_tuning/jobs/" + id));

    assertThat(job.requireString("status")).isEqualTo("failed");
    assertThat(job.requireObject("error").requireString("code")).isEqualTo("invalid_training_file");
    assertThat(job.requireObject("error").requireString("message"))
        .startsWith("Line 1: ")
        .contains(part.trim());
  }
}
