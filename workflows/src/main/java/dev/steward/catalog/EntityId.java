package dev.steward.catalog;

/**
 * The number of an entity.
 *
 * @param value
 *            the row's number
 */
public record EntityId(long value) {}
