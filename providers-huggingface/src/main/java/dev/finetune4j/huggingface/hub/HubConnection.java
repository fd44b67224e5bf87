package dev.finetune4j.huggingface.hub;

import dev.finetune4j.Time;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.providerkit.HttpTransport;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** State shared by all repositories of one Hub. Thread-safe. */
final class HubConnection {
  private static final String HUB = "https://huggingface.co";

  private final HttpTransport transport;
  private final String endpoint;
  private final HubCache cache;
  private final Backoff backoff;
  // Not a monitor: before JDK 24, that would pin a virtual thread during the request.
  private final Lock asking = new ReentrantLock();
  private @Nullable Account account;

  HubConnection(HttpTransport transport, String endpoint, HubCache cache, Time time) {
    this.transport = transport;
    this.endpoint = endpoint;
    this.cache = cache;
    backoff = new Backoff(time);
  }

  HttpTransport transport() {
    return transport;
  }

  HubCache cache() {
    return cache;
  }

  Backoff backoff() {
    return backoff;
  }

  /** Returns whose token it is; one request ever, since the Hub counts them strictly. */
  Account account() {
    asking.lock();
    try {
      if (account == null) {
        account = transport.get("api/whoami-v2", Account::of);
      }
      return account;
    } finally {
      asking.unlock();
    }
  }

  /** Rewrites an address of the public Hub to the configured mirror. */
  String mirrored(String address) {
    return address.startsWith(HUB + "/") ? endpoint + address.substring(HUB.length()) : address;
  }

  NotFoundException noSuchFile(RepositoryId id, String commit, String path) {
    return new NotFoundException(
        ProviderFailure.of(
                transport.provider(),
                "The repository " + id + " has no file \"" + path + "\" at " + commit + ".")
            .withCode(HubErrorReader.ENTRY_NOT_FOUND));
  }
}
