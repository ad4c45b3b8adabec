package dev.steward.playground.emulator;

import io.javalin.config.RoutesConfig;

/** The emulator's own HTTP interface under {@code /_control/}, for driving it from another process. */
final class ControlApi {
    private final SlackEmulator slack;

    ControlApi(SlackEmulator slack) {
        this.slack = slack;
    }

    void routes(RoutesConfig routes) {
        routes.post("/_control/reset", context -> slack.reset());
    }
}
