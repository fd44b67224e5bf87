package dev.finetune4j.examples.recipes;

/**
 * One example: what is asked, and the right answer. Immutable.
 *
 * @param system the instruction, the same for all examples
 * @param user a title and ingredient lines as a cook writes them
 * @param assistant a JSON array of the plain ingredients, in the order of the lines
 */
public record RecipeExample(String system, String user, String assistant) {}
