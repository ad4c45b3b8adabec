package dev.steward.bot.cli;

import dev.steward.access.AccessReport;
import dev.steward.access.Reach;
import dev.steward.bot.Settings;
import dev.steward.bot.Stores;
import dev.steward.database.Json;
import dev.steward.stacks.Leases;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code steward access}: says who could reach what. */
@Command(name = "access", description = "Say who can reach what, or could.", synopsisSubcommandLabel = "COMMAND")
final class AccessCommand {
    private static final List<String> HEAD = List.of("PERSON", "ENTITY", "ROLE", "REQUEST", "SINCE", "UNTIL");

    private final Operator operator;

    AccessCommand(Operator operator) {
        this.operator = operator;
    }

    @Command(description = "List who could reach what at a moment: what was begun counts until nothing of it was left.")
    int report(
            @Option(names = "--at", paramLabel = "TIME", description = "2026-11-20T12:00:00Z, or 2026-11-20T13:00+01:00[Europe/Berlin];"
                    + " now when left out") Optional<String> at,
            @Option(names = "--json", description = "Print JSON") boolean json) {
        Instant moment = at.map(AccessCommand::moment).orElseGet(() -> operator.clock().instant());
        try (Stores stores = operator.stores(operator.settings(Settings.Purpose.OPERATE))) {
            AccessReport report = new AccessReport(new Leases(stores.ledger(), operator.clock()), stores.people(),
                    stores.entities());
            List<Reach> all = stores.database().read(h -> report.at(h, moment));
            if (json) {
                operator.console().say(Json.text(Map.of("at", moment.toString(), "access",
                        all.stream().map(AccessCommand::fields).toList())));
            } else {
                print(moment, all);
            }
            return Exit.OK;
        }
    }

    /** To the millisecond, as the books have it: what lies beyond those is no moment, either. */
    static Instant moment(String text) {
        try {
            return Instant.ofEpochMilli(ZonedDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw Refused.usage(List.of("\"" + text + "\" is not a moment. Give date, time and zone, for example "
                    + "2026-11-20T12:00:00Z or 2026-11-20T13:00+01:00[Europe/Berlin]."));
        }
    }

    private static Map<String, Object> fields(Reach reach) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("person", reach.person());
        fields.put("entity", reach.entity());
        fields.put("role", reach.role());
        fields.put("request", reach.request());
        fields.put("since", reach.since().toString());
        reach.endedAt().ifPresent(ended -> fields.put("endedAt", ended.toString()));
        if (reach.suspended()) {
            fields.put("suspended", true);
        }
        return fields;
    }

    private void print(Instant moment, List<Reach> all) {
        List<List<String>> rows = Stream.concat(Stream.of(HEAD), all.stream().map(AccessCommand::row)).toList();
        if (!all.isEmpty()) {
            int[] widths = IntStream.range(0, HEAD.size())
                    .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0)).toArray();
            rows.forEach(row -> operator.console().say(line(row, widths)));
        }
        operator.console().say("%d %s at %s.".formatted(all.size(), all.size() == 1 ? "grant" : "grants",
                moment.truncatedTo(ChronoUnit.SECONDS)));
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }

    private static List<String> row(Reach reach) {
        return List.of(reach.person(), reach.entity(), reach.role(), reach.request(),
                reach.since().truncatedTo(ChronoUnit.SECONDS).toString(),
                reach.endedAt().map(ended -> ended.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("still there")
                        + (reach.suspended() ? ", suspended" : ""));
    }
}
