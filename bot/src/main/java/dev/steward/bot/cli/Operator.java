package dev.steward.bot.cli;

import dev.steward.bot.Home;
import dev.steward.bot.Modules;
import dev.steward.bot.Settings;
import dev.steward.bot.Stores;
import dev.steward.ledger.Actor;
import dev.steward.modules.ModuleRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Somebody at the command line, with the settings and the home that the environment names. */
record Operator(Map<String, String> environment, Path workingFolder, InstantSource clock, Console console) {

    Actor actor() {
        return new Actor.Operator(System.getProperty("user.name", "unknown"));
    }

    Settings.Reading reading(Settings.Purpose purpose) {
        return Settings.read(environment, workingFolder, purpose);
    }

    Settings settings(Settings.Purpose purpose) {
        return switch (reading(purpose)) {
            case Settings.Reading.Good good -> good.settings();
            case Settings.Reading.Bad bad -> throw Refused.usage(settingsProblems(bad.problems()));
        };
    }

    private static List<String> settingsProblems(List<String> problems) {
        List<String> lines = new ArrayList<>();
        lines.add(problems.size() == 1
                ? "One thing is wrong in the settings:"
                : problems.size() + " things are wrong in the settings:");
        problems.forEach(p -> lines.add("  " + p));
        return lines;
    }

    /** The home, which must have been initialised. */
    Home home(Settings settings) {
        Home home = new Home(settings.places().home());
        if (!home.isInitialised()) {
            throw Refused.usage(List.of("There is no Steward in " + home.folder() + " yet.",
                    "Begin one with: steward init --admin <your Slack user id>, or name its home in STEWARD_HOME."));
        }
        return home;
    }

    Stores stores(Settings settings) {
        return Stores.open(home(settings), clock);
    }

    ModuleRegistry modules(Settings settings, Stores stores) {
        return Modules.of(settings, home(settings), stores);
    }
}
