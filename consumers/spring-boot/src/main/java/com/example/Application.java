package com.example;

import java.util.Arrays;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Runs the README's program for the provider that the first argument names. */
@SpringBootApplication
public class Application implements CommandLineRunner {

  public static void main(String[] args) {
    SpringApplication.run(Application.class, args);
  }

  @Override
  public void run(String... args) throws Exception {
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    switch (args[0]) {
      case "local" -> com.example.local.FineTune.main(rest);
      case "openai" -> com.example.openai.FineTune.main(rest);
      default -> throw new IllegalArgumentException("local or openai, not " + args[0]);
    }
  }
}
