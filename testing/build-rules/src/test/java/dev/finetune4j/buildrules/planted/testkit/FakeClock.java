package dev.finetune4j.buildrules.planted.testkit;

/** Test code that main code must not use. */
public final class FakeClock {}
