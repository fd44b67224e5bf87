package dev.finetune4j.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.deployment.DeploymentReference;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JobReferenceTest {
  private static final ProviderId PROVIDER = new ProviderId("open-ai");

  @Test
  void referencesParseTheirOwnText() {
    for (String id : List.of("ftjob-1", "a:b:c", "user/job", ":", "ä 語 \n", "https://h:1/x?y=z")) {
      JobReference job = new JobReference(PROVIDER, id);
      DeploymentReference deployment = new DeploymentReference(PROVIDER, id);
      ModelReference model = new ModelReference(PROVIDER, id);

      assertThat(JobReference.parse(job.toString())).isEqualTo(job);
      assertThat(DeploymentReference.parse(deployment.toString())).isEqualTo(deployment);
      assertThat(ModelReference.parse(model.toString())).isEqualTo(model);
    }
  }

  @Test
  void aTextOfAnotherFormIsRejected() {
    assertThatThrownBy(() -> JobReference.parse("ftjob-1"))
        .hasMessage("Invalid job reference \"ftjob-1\": expected provider:id.");
    assertThatThrownBy(() -> JobReference.parse("openai:"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
