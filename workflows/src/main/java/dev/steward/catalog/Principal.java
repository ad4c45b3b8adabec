package dev.steward.catalog;

/**
 * Somebody who may be asked to decide: a team, the owner team of an entity, or one person. Who that is in the flesh is
 * found out at the moment of the click, and again before an apply.
 *
 * @param kind
 *            how to read the name
 * @param name
 *            catalog name of the team, the entity or the person
 */
public record Principal(Kind kind, String name) {

    /** How to read a principal's name. */
    public enum Kind {
        /** The members of a team. */
        TEAM,
        /** The members of the team that owns an entity; a team owns itself. */
        OWNERS,
        /** One person. */
        PERSON
    }

    /** The members of a team. */
    public static Principal team(String name) {
        return new Principal(Kind.TEAM, name);
    }

    /** The members of the team that owns an entity. */
    public static Principal owners(String name) {
        return new Principal(Kind.OWNERS, name);
    }

    /** One person. */
    public static Principal person(String name) {
        return new Principal(Kind.PERSON, name);
    }
}
