/**
 * Jobs that are child processes: a folder is the whole protocol between the library, which starts
 * and reads, and the child, which trains and writes. Nothing in it is bound to Java, so a Python
 * trainer speaks it as well.
 *
 * <table>
 * <caption>Files of a job folder</caption>
 * <tr><th>name</th><th>who writes it</th><th>what it is</th></tr>
 * <tr><td>{@code request.json}</td><td>the library, once</td><td>what is asked; never changes</td></tr>
 * <tr><td>{@code state.json}</td><td>the child; the library once no child lives</td>
 * <td>status, heartbeat, result; replaced atomically</td></tr>
 * <tr><td>{@code events.jsonl}</td><td>the child; the library once no child lives</td>
 * <td>one event a line, appended; a line without its end is not there yet</td></tr>
 * <tr><td>{@code log.txt}</td><td>the child</td><td>its standard output and error, appended</td></tr>
 * <tr><td>{@code checkpoints/}, {@code output/}</td><td>the child</td><td>its own formats</td></tr>
 * <tr><td>{@code control/pause}, {@code control/cancel}</td><td>the library</td>
 * <td>a command, valid while the file exists</td></tr>
 * <tr><td>{@code process.json}</td><td>the library</td><td>which process is the child</td></tr>
 * <tr><td>{@code starter.lock}</td><td>the library</td><td>locked while a child is started</td></tr>
 * </table>
 *
 * <p>The file {@code docs/job-folder.md} has every member of these files.
 */
@NullMarked
package dev.finetune4j.providerkit.process;

import org.jspecify.annotations.NullMarked;
