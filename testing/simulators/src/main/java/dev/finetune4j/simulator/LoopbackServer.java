package dev.finetune4j.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP/1.1 server on loopback for simulators: one thread per connection, request bodies as
 * streams, and answers that may be lost, cut or slow on purpose. Thread-safe.
 *
 * <p>It exists beside MockWebServer because that one reads a whole request body into memory before
 * it asks what to answer, and a simulated service takes files of many hundred megabytes.
 */
public final class LoopbackServer implements Closeable {
  private final ServerSocket listener;
  private final SimulatedService service;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "simulator");
            thread.setDaemon(true);
            return thread;
          });

  private LoopbackServer(ServerSocket listener, SimulatedService service) {
    this.listener = listener;
    this.service = service;
  }

  /**
   * Starts listening.
   *
   * @param port 0 for any free one
   * @throws UncheckedIOException if the port is taken
   */
  public static LoopbackServer start(int port, SimulatedService service) {
    try {
      ServerSocket listener =
          new ServerSocket(port, 200, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
      LoopbackServer server = new LoopbackServer(listener, service);
      server.threads.execute(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the port on which it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Returns how many connections clients hold open at the moment. */
  public int openConnections() {
    return open.size();
  }

  /** Stops listening and closes all connections, also those in the middle of an answer. */
  @Override
  public synchronized void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(Connection::close);
    threads.shutdownNow();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        serve(listener.accept());
      } catch (IOException closed) {
        return;
      }
    }
  }

  private synchronized void serve(Socket socket) throws IOException {
    // A client may have connected just before close(): the lock keeps its connection from being
    // handed to threads that no longer take any.
    if (listener.isClosed()) {
      socket.close();
      return;
    }
    socket.setTcpNoDelay(true);
    Connection connection = new Connection(socket, service, open::remove);
    open.add(connection);
    threads.execute(connection);
  }
}
