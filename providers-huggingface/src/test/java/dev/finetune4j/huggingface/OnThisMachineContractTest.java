package dev.finetune4j.huggingface;

import java.io.IOException;
import java.nio.file.Path;

/** TRL as processes on this machine; only the training itself is a fake. */
final class OnThisMachineContractTest extends MachineContract {

  @Override
  HuggingFaceProvider make(Path work) throws IOException {
    return HuggingFaceProvider.local(work)
        .base("small", directory)
        .interpreter(FakePython.in(directory))
        .server(FakePython.server())
        .build();
  }

  @Override
  Path jobs(Path work) {
    return work.resolve("jobs");
  }
}
