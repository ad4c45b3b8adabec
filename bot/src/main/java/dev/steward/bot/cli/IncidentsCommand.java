package dev.steward.bot.cli;

import dev.steward.bot.Settings;
import dev.steward.bot.Stores;
import dev.steward.database.Json;
import dev.steward.definitions.Durations;
import dev.steward.incidents.IncidentFigures;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.KeptPostmortem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code steward incidents}: says how incidents went, and prints what was learned. */
@Command(name = "incidents", description = "Say how incidents went, and what was learned.", synopsisSubcommandLabel = "COMMAND")
final class IncidentsCommand {
    private static final Duration USUAL = Duration.ofDays(90);

    private final Operator operator;

    IncidentsCommand(Operator operator) {
        this.operator = operator;
    }

    @Command(description = "Times to take up and to resolve, by severity and by service, and which part of the changes failed."
            + " Declined, merged and confidential ones are left out.")
    int figures(
            @Option(names = "--from", paramLabel = "TIME", description = "2026-11-20T12:00:00Z, or"
                    + " 2026-11-20T13:00+01:00[Europe/Berlin]; 90 days before the end when left out") Optional<String> from,
            @Option(names = "--to", paramLabel = "TIME", description = "Likewise; now when left out") Optional<String> to,
            @Option(names = "--json", description = "Print JSON") boolean json) {
        Instant until = to.map(AccessCommand::moment).orElseGet(() -> operator.clock().instant());
        Instant since = from.map(AccessCommand::moment).orElseGet(() -> until.minus(USUAL));
        try (Stores stores = operator.stores(operator.settings(Settings.Purpose.OPERATE))) {
            IncidentFigures figures = stores.database().read(h -> IncidentFigures.of(h, since, until));
            if (json) {
                operator.console().say(Json.text(fields(since, until, figures)));
            } else {
                print(since, until, figures);
            }
            return Exit.OK;
        }
    }

    @Command(description = "Print the postmortem of an incident, in Markdown: the one that people kept, or else the draft that was"
            + " written when it was resolved.")
    int postmortem(@Parameters(paramLabel = "INC-7", description = "The incident's number") String incident) {
        IncidentId id = IncidentId.parse(incident).orElseThrow(() -> Refused.usage(
                List.of("\"" + incident + "\" is not the number of an incident: write INC-7, for example.")));
        try (Stores stores = operator.stores(operator.settings(Settings.Purpose.OPERATE))) {
            return switch (stores.database().read(h -> KeptPostmortem.of(h, id))) {
                case KeptPostmortem.Written(String markdown, boolean edited) -> {
                    operator.console().say(markdown.stripTrailing());
                    if (!edited) {
                        operator.console().complain(List.of("This is the draft from when " + id.text()
                                + " was resolved: nobody has kept a postmortem yet."));
                    }
                    yield Exit.OK;
                }
                case KeptPostmortem.NotYet(String title) -> throw Refused.wrong(id.text() + " (" + title
                        + ") has no postmortem: it was not resolved.");
                case KeptPostmortem.Confidential _ -> throw Refused.wrong(id.text()
                        + " is confidential: only its members read its postmortem, in Slack.");
                case KeptPostmortem.Unknown _ -> throw Refused.wrong("There is no " + id.text() + ".");
            };
        }
    }

    private static Map<String, Object> fields(Instant from, Instant to, IncidentFigures figures) {
        Map<String, Object> severities = new LinkedHashMap<>();
        figures.bySeverity().forEach((severity, course) -> severities.put(severity.text(), fields(course)));
        Map<String, Object> services = new LinkedHashMap<>();
        figures.byService().forEach((service, course) -> services.put(service, fields(course)));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("from", from.toString());
        fields.put("to", to.toString());
        fields.put("all", fields(figures.all()));
        fields.put("bySeverity", severities);
        fields.put("byService", services);
        fields.put("applied", figures.applied());
        fields.put("failures", figures.failures());
        figures.changeFailureRate().ifPresent(rate -> fields.put("changeFailureRate", rate));
        return fields;
    }

    private static Map<String, Object> fields(IncidentFigures.Course course) {
        return Map.of("count", course.count(), "toTakeUp", fields(course.toTakeUp()), "toResolve",
                fields(course.toResolve()));
    }

    private static Map<String, Object> fields(IncidentFigures.Spread spread) {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("count", spread.count()));
        spread.median().ifPresent(median -> fields.put("medianSeconds", median.toSeconds()));
        spread.mean().ifPresent(mean -> fields.put("meanSeconds", mean.toSeconds()));
        return fields;
    }

    private void print(Instant from, Instant to, IncidentFigures figures) {
        say("all", figures.all());
        figures.bySeverity().forEach((severity, course) -> say(severity.text(), course));
        figures.byService().forEach(this::say);
        operator.console().say("Changes: %d applied, %d held to be the cause of an incident%s.".formatted(
                figures.applied(), figures.failures(),
                figures.changeFailureRate().isEmpty()
                        ? ""
                        : String.format(Locale.ROOT, " (%.1f %%)", figures.changeFailureRate().getAsDouble() * 100)));
        operator.console().say("From %s to %s.".formatted(from.truncatedTo(ChronoUnit.SECONDS),
                to.truncatedTo(ChronoUnit.SECONDS)));
    }

    private void say(String what, IncidentFigures.Course course) {
        operator.console().say("%s: %d %s, taken up after %s, resolved after %s (medians)".formatted(what,
                course.count(), course.count() == 1 ? "incident" : "incidents", words(course.toTakeUp()),
                words(course.toResolve())));
    }

    private static String words(IncidentFigures.Spread spread) {
        return spread.median().map(median -> median.toMinutes() < 1
                ? "less than a minute"
                : Durations.about(median)).orElse("no time yet");
    }
}
