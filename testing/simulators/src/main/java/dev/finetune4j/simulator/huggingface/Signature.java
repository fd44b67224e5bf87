package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.StoredContent;
import java.time.Instant;

/** Signed URLs: valid for 15 minutes, and only without another credential. Stateless. */
final class Signature {
  private static final long SECONDS = 900;

  private Signature() {}

  /** Returns the query of an address that is signed now. */
  static String until(Instant now) {
    return "X-Amz-Expires=900&expiration=" + now.plusSeconds(SECONDS).getEpochSecond();
  }

  static void check(SimulatedRequest request, Instant now) throws ErrorResponseException {
    if (request.header("Authorization").isPresent()) {
      throw refusal(400, "InvalidArgument", "Only one auth mechanism allowed");
    }
    long end = Long.parseLong(request.query("expiration").orElse("0"));
    if (now.getEpochSecond() >= end) {
      throw refusal(403, "AccessDenied", "Request has expired");
    }
  }

  static ErrorResponseException refusal(int status, String code, String message) {
    String xml = "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>";
    return new ErrorResponseException(
        SimulatedResponse.content(status, "application/xml", StoredContent.of(xml)));
  }
}
