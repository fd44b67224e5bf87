package dev.finetune4j.huggingface;

import java.io.IOException;
import java.nio.file.Path;

/** AutoTrain as processes on this machine; only AutoTrain itself is a fake. */
final class AutoTrainContractTest extends MachineContract {

  @Override
  AutoTrainProvider make(Path work) throws IOException {
    return AutoTrainProvider.local(work)
        .base("small", directory)
        .interpreter(FakeAutoTrain.in(directory))
        .servingInterpreter(FakePython.in(directory))
        .server(FakePython.server())
        .build();
  }

  @Override
  Path jobs(Path work) {
    return work.resolve("autotrain/jobs");
  }
}
