package dev.steward.definitions;

/**
 * Why an answer was not accepted.
 *
 * @param field
 *            the field's name
 * @param message
 *            for the person who answered: what is wrong and what would be right; plain text, at most 300 characters
 */
public record FieldError(String field, String message) {}
