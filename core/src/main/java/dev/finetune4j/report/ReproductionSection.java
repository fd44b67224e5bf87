package dev.finetune4j.report;

import dev.finetune4j.internal.page.Block;
import dev.finetune4j.internal.page.Page;
import dev.finetune4j.workflow.WorkflowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long each step took, and what is needed to make the run again. */
final class ReproductionSection {
  private ReproductionSection() {}

  static Page.Section of(WorkflowResult result, String command) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Table(
            List.of("Step", "#Time"),
            result.durations().stream()
                .map(
                    step ->
                        List.of(
                            step.step().name().toLowerCase(Locale.ROOT),
                            Numbers.duration(step.duration())))
                .toList()));
    blocks.add(
        new Block.Table(
            List.of("Setting", "Value"),
            Settings.of(result).entrySet().stream()
                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                .toList()));
    if (!command.isEmpty()) {
      blocks.add(new Block.Paragraph("The command that makes such a run:"));
      blocks.add(new Block.Listing(command));
    }
    return new Page.Section("Steps, and how to reproduce", blocks);
  }
}
