package dev.finetune4j.providerkit.process;

import java.nio.file.Path;

/** An application that submits a job and is then gone without a word, as after kill -9. */
public final class FakeApplication {

  private FakeApplication() {}

  public static void main(String[] arguments) {
    FakeJobs.in(Path.of(arguments[0])).submit("job-1", FakeJobs.contents(FakeJobs.request()));
    Runtime.getRuntime().halt(137);
  }
}
