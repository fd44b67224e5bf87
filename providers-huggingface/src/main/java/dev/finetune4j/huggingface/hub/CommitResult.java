package dev.finetune4j.huggingface.hub;

/**
 * The result of a commit.
 *
 * @param commit the commit of the branch that has all the files, 40 hexadecimal digits
 * @param changedFiles how many files were added, replaced or deleted; 0 if nothing had changed and
 *     no commit was made
 * @param unchangedFiles how many already had the same content and were not sent
 */
public record CommitResult(String commit, int changedFiles, int unchangedFiles) {}
