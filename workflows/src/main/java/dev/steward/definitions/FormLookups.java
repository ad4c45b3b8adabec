package dev.steward.definitions;

import java.util.function.Predicate;

/**
 * What a form has to ask the catalog.
 *
 * @param teamExists
 *            whether there is a team of that name
 * @param entityExists
 *            whether there is an entity of that name
 * @param personExists
 *            whether there is a person of that name
 * @param nameTaken
 *            whether something has that name already, or will have it when a pending request is done
 */
public record FormLookups(Predicate<String> teamExists, Predicate<String> entityExists, Predicate<String> personExists,
        Predicate<String> nameTaken) {}
