package dev.finetune4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LoopbackServerTest {
  private static final int ROUNDS = 100;

  private final Thread.UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();
  private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();

  @BeforeEach
  void listen() {
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
  }

  @AfterEach
  void stopListening() {
    Thread.setDefaultUncaughtExceptionHandler(before);
  }

  @Test
  void closingIsQuietWhileClientsConnect() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      LoopbackServer server =
          LoopbackServer.start(0, request -> Delivery.whole(SimulatedResponse.json(200, "{}")));
      CountDownLatch connected = new CountDownLatch(1);
      Thread client = new Thread(() -> connect(server.port(), connected));
      client.start();
      connected.await();

      server.close();

      client.join();
    }
    assertThat(uncaught).isEmpty();
  }

  /** Connects again and again until the server is closed. */
  private static void connect(int port, CountDownLatch connected) {
    try {
      while (true) {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        connected.countDown();
      }
    } catch (IOException closed) {
      connected.countDown();
    }
  }
}
