package dev.steward.bot.cli;

import dev.steward.bot.Settings;
import dev.steward.bot.Stores;
import dev.steward.ledger.Entry;
import dev.steward.ledger.Verification;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code steward ledger}: reads the record of every decision and transition. */
@Command(name = "ledger", description = "Read the record of every decision and transition.", synopsisSubcommandLabel = "COMMAND")
final class LedgerCommand {
    private static final Pattern HEAD = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");
    private static final int PAGE = 1000;

    private final Operator operator;

    LedgerCommand(Operator operator) {
        this.operator = operator;
    }

    @Command(description = "Recompute the chain and print its head, which can be given to a later verification.")
    int verify(
            @Option(names = "--head", paramLabel = "SEQ:HASH", description = "A head that was seen earlier, which the chain must still contain") Optional<String> head) {
        Optional<Entry.Head> witnessed = head.map(LedgerCommand::parse);
        try (Stores stores = operator.stores(operator.settings(Settings.Purpose.OPERATE))) {
            return switch (stores.database().read(
                    h -> stores.ledger().verify(h, witnessed))) {
                case Verification.Broken broken -> throw Refused.wrong(
                        "The ledger is broken: entry " + broken.seq() + " " + broken.why() + ".",
                        "Somebody changed the database outside Steward. Keep a copy of it, and compare with a backup.");
                case Verification.Intact intact -> {
                    operator.console().say("The ledger is intact: " + intact.head().seq() + " entries.");
                    operator.console().say("Head: " + intact.head().seq() + ":" + intact.head().hash());
                    yield Exit.OK;
                }
            };
        }
    }

    @Command(description = "Print the entries, or those about one subject, oldest first.")
    int show(
            @Parameters(paramLabel = "SUBJECT", arity = "0..1", description = "For example REQ-42 or service:checkout") Optional<String> subject) {
        try (Stores stores = operator.stores(operator.settings(Settings.Purpose.OPERATE))) {
            return subject.isPresent() ? about(stores, subject.get()) : all(stores);
        }
    }

    private int about(Stores stores, String subject) {
        List<Entry> entries = stores.database().read(h -> stores.ledger().about(h, subject));
        if (entries.isEmpty()) {
            throw Refused.wrong("The ledger has no entry about " + subject + ".");
        }
        entries.forEach(this::print);
        return Exit.OK;
    }

    private int all(Stores stores) {
        List<Entry> page = page(stores, 0);
        while (!page.isEmpty()) {
            page.forEach(this::print);
            page = page(stores, page.getLast().seq());
        }
        return Exit.OK;
    }

    private static List<Entry> page(Stores stores, long after) {
        return stores.database().read(h -> stores.ledger().after(h, after, PAGE));
    }

    private void print(Entry entry) {
        operator.console().say("%6d  %s  %s  %s  %s  %s".formatted(entry.seq(), entry.at(), entry.actor(),
                entry.action(), entry.subject(), entry.facts()));
    }

    private static Entry.Head parse(String text) {
        Matcher matcher = HEAD.matcher(text);
        if (!matcher.matches()) {
            throw Refused.usage(List.of("--head takes what an earlier verification printed, SEQ:HASH; this is not one: "
                    + text));
        }
        return new Entry.Head(Long.parseLong(matcher.group(1)), matcher.group(2));
    }
}
