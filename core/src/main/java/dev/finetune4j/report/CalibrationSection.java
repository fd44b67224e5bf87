package dev.finetune4j.report;

import dev.finetune4j.evaluation.agreement.JudgeCalibration;
import dev.finetune4j.internal.page.Block;
import dev.finetune4j.internal.page.Page;
import java.util.List;
import java.util.Map;

/** How far judges agree with people. */
final class CalibrationSection {
  private CalibrationSection() {}

  static Page.Section of(Map<String, JudgeCalibration> calibrations) {
    List<List<String>> rows =
        calibrations.entrySet().stream().map(each -> row(each.getKey(), each.getValue())).toList();
    return new Page.Section(
        "Judges held against people",
        List.of(
            new Block.Paragraph(
                "A figure by a judge is worth as much as the judge agrees with people who graded"
                    + " the same answers. Kappa takes out agreement by chance: 1 is perfect, 0 is"
                    + " chance."),
            new Block.Table(
                List.of(
                    "Judge",
                    "#Answers",
                    "#Agreement",
                    "#Kappa",
                    "#Rank correlation",
                    "#Passed wrongly",
                    "#Failed wrongly",
                    "#No grade"),
                rows)));
  }

  private static List<String> row(String name, JudgeCalibration calibration) {
    return List.of(
        name,
        Numbers.whole(calibration.cases().size()),
        Numbers.percent(calibration.agreement())
            + " ("
            + Numbers.range(calibration.agreementInterval())
            + ")",
        Numbers.decimal(calibration.kappa()),
        Numbers.decimal(calibration.spearman()),
        Numbers.whole(calibration.wronglyPassed()),
        Numbers.whole(calibration.wronglyFailed()),
        Numbers.whole(calibration.ungraded()));
  }
}
