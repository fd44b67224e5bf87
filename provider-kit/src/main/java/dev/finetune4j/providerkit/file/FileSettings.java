package dev.finetune4j.providerkit.file;

import java.time.Duration;

/** The file limits of a service, and how files are uploaded. Immutable; thread-safe. */
public final class FileSettings {
  private final long largestWhole;
  private final long largest;
  private final long partBytes;
  private final int parallelParts;
  private final boolean uploads;
  private final Duration shortestExpiry;
  private final Duration longestExpiry;
  private final boolean byteOrderMark;
  private final boolean dottedFields;

  private FileSettings(Builder builder) {
    largestWhole = builder.largestWhole;
    largest = builder.largest;
    partBytes = builder.partBytes;
    parallelParts = builder.parallelParts;
    uploads = builder.uploads;
    shortestExpiry = builder.shortestExpiry;
    longestExpiry = builder.longestExpiry;
    byteOrderMark = builder.byteOrderMark;
    dottedFields = builder.dottedFields;
  }

  /**
   * Returns OpenAI's limits, from its API reference as read in 2026: 512 MB in one request, 8 GB in
   * parts of 64 MB, expiry after an hour to 30 days, no byte order mark. Three parts travel at
   * once.
   */
  public static FileSettings standard() {
    return builder().build();
  }

  /** Starts from {@link #standard()}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the largest file that is sent in one request. */
  public long largestWholeBytes() {
    return uploads ? largestWhole : largest;
  }

  /** Returns the largest file that is sent at all. */
  public long largestBytes() {
    return uploads ? largest : Math.min(largest, largestWhole);
  }

  /** Returns the size of one part of a larger file. */
  public long partBytes() {
    return partBytes;
  }

  /** Returns how many parts travel at once. */
  public int parallelParts() {
    return parallelParts;
  }

  /** Returns whether the service takes files in parts. */
  public boolean takesParts() {
    return uploads;
  }

  /** Returns the shortest expiry of a file. */
  public Duration shortestExpiry() {
    return shortestExpiry;
  }

  /** Returns the longest expiry of a file. */
  public Duration longestExpiry() {
    return longestExpiry;
  }

  /** Returns whether training data begins with a byte order mark. */
  public boolean hasByteOrderMark() {
    return byteOrderMark;
  }

  /**
   * Returns what a form calls a member of the expiry, {@code expires_after[seconds]} by default.
   */
  String expiryField(String member) {
    return dottedFields ? "expires_after." + member : "expires_after[" + member + "]";
  }

  /** Collects the settings. Not thread-safe. */
  public static final class Builder {
    private long largestWhole = 512_000_000;
    private long largest = 8_000_000_000L;
    private long partBytes = 64_000_000;
    private int parallelParts = 3;
    private boolean uploads = true;
    private Duration shortestExpiry = Duration.ofHours(1);
    private Duration longestExpiry = Duration.ofDays(30);
    private boolean byteOrderMark;
    private boolean dottedFields;

    private Builder() {}

    /** Sets the largest file that is sent in one request; 512,000,000 if not set. */
    public Builder largestWholeBytes(long bytes) {
      largestWhole = bytes;
      return this;
    }

    /** Sets the largest file that is sent at all; 8,000,000,000 if not set. */
    public Builder largestBytes(long bytes) {
      largest = bytes;
      return this;
    }

    /** Sets the size of a part; 64,000,000 if not set. */
    public Builder partBytes(long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("A part has at least 1 byte, not " + bytes + ".");
      }
      partBytes = bytes;
      return this;
    }

    /** Sets how many parts travel at once, 1 to 16; 3 if not set. */
    public Builder parallelParts(int parts) {
      if (parts < 1 || parts > 16) {
        throw new IllegalArgumentException("1 to 16 parts at once, not " + parts + ".");
      }
      parallelParts = parts;
      return this;
    }

    /** Says that the service takes files only in one request. */
    public Builder withoutParts() {
      uploads = false;
      return this;
    }

    /** Sets the range of expiries; default: 1 hour to 30 days. */
    public Builder expiry(Duration shortest, Duration longest) {
      shortestExpiry = shortest;
      longestExpiry = longest;
      return this;
    }

    /** Says that training data begins with a byte order mark, as Azure's documents ask. */
    public Builder withByteOrderMark() {
      byteOrderMark = true;
      return this;
    }

    /** Says that a form's inner members have a dot, as in Azure's dated API versions. */
    public Builder withDottedFields() {
      dottedFields = true;
      return this;
    }

    /** Returns the settings. */
    public FileSettings build() {
      return new FileSettings(this);
    }
  }
}
