package dev.finetune4j.providerkit.process;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Folders that only this user can read and write. Code loaded from a folder that other users can
 * write could be replaced by them. Stateless.
 */
public final class PrivateFolder {
  private static final String OWNER_ONLY = "rwx------";

  private PrivateFolder() {}

  /**
   * Makes the folder if it does not exist, with permissions 0700 where the file system has such
   * permissions; its missing parents get the usual ones.
   *
   * @return {@code folder}
   * @throws IOException if the folder cannot be made, is a link, or belongs to another user
   */
  public static Path create(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath();
    if (absolute.getParent() != null) {
      Files.createDirectories(absolute.getParent());
    }
    boolean posix = absolute.getFileSystem().supportedFileAttributeViews().contains("posix");
    try {
      if (posix) {
        Files.createDirectory(
            absolute,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
      } else {
        Files.createDirectory(absolute);
      }
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(absolute, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(
            absolute + " must be a folder but is a file or a link; delete it, then try again", e);
      }
      if (posix) {
        takeBack(absolute);
      }
    }
    return folder;
  }

  private static void takeBack(Path folder) throws IOException {
    Path mine = Files.createTempFile(folder, ".owner", ".tmp");
    try {
      if (!Files.getOwner(mine).equals(Files.getOwner(folder))) {
        throw new IOException(
            folder
                + " belongs to the user "
                + Files.getOwner(folder)
                + ", not to this process; delete it or choose another directory");
      }
    } finally {
      Files.deleteIfExists(mine);
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OWNER_ONLY));
  }
}
