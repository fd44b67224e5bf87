package dev.finetune4j.huggingface.hub;

/**
 * What a commit came to.
 *
 * @param commit the commit at which the branch now stands and has all the files, 40 hexadecimal
 *     digits
 * @param changedFiles how many files were added, replaced or deleted; 0 if all were there already,
 *     so that no commit was made
 * @param unchangedFiles how many were there already with the same content and were not sent
 */
public record CommitResult(String commit, int changedFiles, int unchangedFiles) {}
