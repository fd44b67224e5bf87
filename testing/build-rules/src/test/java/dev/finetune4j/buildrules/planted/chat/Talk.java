package dev.finetune4j.buildrules.planted.chat;

import dev.finetune4j.buildrules.planted.workflow.Steps;
import java.util.Optional;

/** A floor reaches one above it, in a circle; and what a public class may not show. */
public final class Talk {
  /** A field that all can see. */
  public final Steps steps = new Steps();

  private int count;

  /** Takes a flag. */
  public void say(boolean loudly) {
    count += loudly ? 2 : 1;
  }

  /** Takes what may be absent. */
  public int listen(Optional<String> from) {
    return count + from.map(String::length).orElse(0);
  }
}
