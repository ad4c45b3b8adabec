package dev.steward.catalog;

/**
 * A link that an entity has: runbook, dashboard, repository.
 *
 * @param title
 *            free text
 * @param url
 *            http or https
 */
public record Link(String title, String url) {}
