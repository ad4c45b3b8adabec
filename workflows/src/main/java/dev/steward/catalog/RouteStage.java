package dev.steward.catalog;

/**
 * One stage of an operating model's default approval route.
 *
 * @param name
 *            for people, one word or two
 * @param by
 *            who decides
 * @param why
 *            for people, one clause on why they are asked
 */
public record RouteStage(String name, Principal by, String why) {}
