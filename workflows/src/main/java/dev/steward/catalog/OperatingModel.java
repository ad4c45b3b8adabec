package dev.steward.catalog;

import java.util.List;

/**
 * How a thing is owned and run, which follows from its lifecycle and from whether its owners operate it. The model sets
 * who approves changes by default and who is paged.
 */
public enum OperatingModel {
    /** Application-bound, operated by its owners. */
    YOU_BUILD_IT_YOU_RUN_IT("you-build-it-you-run-it",
            "The team that builds it runs it, approves changes to it and is paged for it."),
    /** Application-bound, operated by another team. */
    EMBEDDED_PLATFORM_ENGINEERS("embedded-platform-engineers",
            "The owner team builds it and another team runs it: both approve changes, and the operating team is paged first."),
    /** Shared, operated by its owners. */
    COMPLICATED_SUBSYSTEM_TEAM("complicated-subsystem-team",
            "Specialists own and run it for everybody who depends on it; they approve changes and are paged."),
    /** Shared, operated by another team. */
    PLATFORM_TEAM("platform-team",
            "The platform team runs it for everybody; it approves changes and is paged.");

    private final String text;
    private final String meaning;

    OperatingModel(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    /** The model of a lifecycle and of whether owner and operator are the same team. */
    public static OperatingModel of(Lifecycle lifecycle, boolean sameTeam) {
        return switch (lifecycle) {
            case APPLICATION_BOUND -> sameTeam ? YOU_BUILD_IT_YOU_RUN_IT : EMBEDDED_PLATFORM_ENGINEERS;
            case SHARED -> sameTeam ? COMPLICATED_SUBSYSTEM_TEAM : PLATFORM_TEAM;
        };
    }

    /** The model's name in tables and messages. */
    public String text() {
        return text;
    }

    /** For people: what the model means, in one sentence. */
    public String meaning() {
        return meaning;
    }

    /**
     * Who approves by default, in order.
     *
     * @param owner
     *            name of the owner team
     * @param operator
     *            name of the team that operates
     * @param platformTeam
     *            name of the platform team
     */
    public List<RouteStage> route(String owner, String operator, String platformTeam) {
        var byOwner = new RouteStage("Owner", Principal.team(owner), "They own it");
        return switch (this) {
            case YOU_BUILD_IT_YOU_RUN_IT -> List.of(byOwner);
            case EMBEDDED_PLATFORM_ENGINEERS ->
                List.of(byOwner, new RouteStage("Operator", Principal.team(operator), "They run it for the owners"));
            case COMPLICATED_SUBSYSTEM_TEAM ->
                List.of(new RouteStage("Specialists", Principal.team(owner), "They own it and others depend on it"));
            case PLATFORM_TEAM -> List.of(new RouteStage("Platform", Principal.team(platformTeam),
                    "It is shared and others run it for its owners"));
        };
    }

    /** Names of the teams that are paged, first to last. */
    public List<String> pages(String owner, String operator, String platformTeam) {
        return switch (this) {
            case YOU_BUILD_IT_YOU_RUN_IT, COMPLICATED_SUBSYSTEM_TEAM -> List.of(owner);
            case EMBEDDED_PLATFORM_ENGINEERS -> List.of(operator, owner);
            case PLATFORM_TEAM -> List.of(platformTeam);
        };
    }
}
