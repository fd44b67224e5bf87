package dev.finetune4j.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.baseline.Passage;
import dev.finetune4j.dataset.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PassageFilesTest {
  @TempDir Path folder;

  @Test
  void paragraphsArePutTogetherUpToTheLimit() {
    assertThat(PassageFiles.split("rules.md", "one two\n\nthree\n \nfour five six\r\n\r\nseven", 3))
        .containsExactly(
            new Passage("rules.md#1", "one two\n\nthree"),
            new Passage("rules.md#2", "four five six"),
            new Passage("rules.md#3", "seven"));
  }

  @Test
  void aLongParagraphIsCut() {
    assertThat(PassageFiles.split("a", "one two three\nfour five", 2))
        .extracting(Passage::text)
        .containsExactly("one two", "three four", "five");
    assertThat(PassageFiles.split("empty", " \n\n ", 2)).isEmpty();
  }

  @Test
  void textsBelowAFolderAreReadInTheOrderOfTheirPaths() throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub/b.TXT"), "beta");
    Files.writeString(folder.resolve("a.md"), "alpha");
    Files.writeString(folder.resolve("c.png"), "not read");

    assertThat(PassageFiles.read(folder, 10))
        .containsExactly(new Passage("a.md#1", "alpha"), new Passage("sub/b.TXT#1", "beta"));
  }

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    Path broken = folder.resolve("latin.txt");
    Files.write(broken, new byte[] {'c', 'r', (byte) 0xE8, 'm', 'e'});

    assertThatThrownBy(() -> PassageFiles.read(folder, 10))
        .isInstanceOf(DataFileException.class)
        .hasMessageStartingWith("Cannot read as text in UTF-8 " + broken + ": ");
    assertThatThrownBy(() -> PassageFiles.read(broken, 10))
        .hasMessage(broken + " is not a folder.");
    assertThatThrownBy(() -> PassageFiles.split("a", "b", 0))
        .hasMessage("maximumWords must be at least 1, was 0.");
  }
}
