package dev.steward.playground.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Puts what was measured into rows. */
final class Report {
    private static final String ECHO = "Bolt + Javalin";
    private static final String FLOOR = "Bolt + Javalin + SQLite";
    private static final Row.Aim ACKNOWLEDGED = new Row.Aim.Ratio(1.3);
    private static final Row.Aim UNCHANGED = new Row.Aim.Ratio(1.2);

    private final Sizes sizes;
    private final Contender echo;
    private final Contender floor;
    private final House empty;
    private final House full;
    private final List<RawTerraform.Took> raw;

    Report(Sizes sizes, Contender echo, Contender floor, House empty, House full, List<RawTerraform.Took> raw) {
        this.sizes = sizes;
        this.echo = echo;
        this.floor = floor;
        this.empty = empty;
        this.full = full;
        this.raw = List.copyOf(raw);
    }

    void print(PrintStream out) {
        out.println();
        out.println(Row.heading());
        rows().forEach(row -> out.println(row.line()));
        out.println();
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        steady(rows, "slash command", Contender::commanded);
        steady(rows, "deciding click", Contender::clicked);
        cold(rows);
        terraform(rows);
        longLedger(rows);
        process(rows);
        return rows;
    }

    private interface Kind {
        Contender.Steady of(Contender contender);
    }

    private void steady(List<Row> rows, String what, Kind kind) {
        String rate = what + ", " + sizes.perSecond() + " a second, ";
        Contender.Steady steward = kind.of(empty.contender());
        rows.add(ms(rate + "p99", steward.p99(), kind.of(floor).p99(), FLOOR).within(ACKNOWLEDGED));
        rows.add(ms(rate + "p99", steward.p99(), kind.of(echo).p99(), ECHO));
        rows.add(ms(rate + "p50", steward.median(), kind.of(floor).median(), FLOOR));
    }

    private void cold(List<Row> rows) {
        Contender steward = empty.contender();
        rows.add(ms("first command after ready", steward.first(), floor.first(), FLOOR)
                .within(new Row.Aim.Value(100)));
        rows.add(ms("burst of " + sizes.burst() + " on new connections, cold, worst", steward.coldBurst(),
                floor.coldBurst(), FLOOR).within(new Row.Aim.Value(1000)));
        rows.add(ms("burst of " + sizes.burst() + " on new connections, warm, worst", steward.warmBurst(),
                floor.warmBurst(), FLOOR));
    }

    private void terraform(List<Row> rows) {
        rows.add(ms("submit to plan stored, median", empty.plan(), raw(RawTerraform.Took::plan),
                "terraform init, plan, show").within(new Row.Aim.Ratio(0.7)));
        rows.add(ms("approved to applied, median", empty.apply(), raw(RawTerraform.Took::apply), "terraform apply")
                .within(new Row.Aim.Ratio(1.15)));
    }

    private double raw(ToDoubleFunction<RawTerraform.Took> part) {
        return Samples.of(raw.stream().map(part::applyAsDouble).toList()).median();
    }

    private void longLedger(List<Row> rows) {
        String of = String.format(Locale.ROOT, "%,d entries: ", sizes.entries());
        Contender a = full.contender();
        Contender b = empty.contender();
        String with = "an empty ledger";
        rows.add(ms(of + "slash command, p99", a.commanded().p99(), b.commanded().p99(), with).within(UNCHANGED));
        rows.add(ms(of + "deciding click, p99", a.clicked().p99(), b.clicked().p99(), with).within(UNCHANGED));
        rows.add(ms(of + "cold burst, worst", a.coldBurst(), b.coldBurst(), with).within(UNCHANGED));
        rows.add(ms(of + "submit to plan stored", full.plan(), empty.plan(), with).within(UNCHANGED));
        rows.add(ms(of + "approved to applied", full.apply(), empty.apply(), with).within(UNCHANGED));
        rows.add(ms(of + "start to ready", a.boot(), b.boot(), with).within(UNCHANGED));
    }

    private void process(List<Row> rows) {
        Contender steward = empty.contender();
        rows.add(ms("start to ready, median", steward.boot(), floor.boot(), FLOOR));
        rows.add(Row.told("resident memory, warmed up", steward.residentWarm(), floor.residentWarm(), FLOOR, "MB"));
        rows.add(Row.told("resident memory, after all load", steward.residentLoaded(), floor.residentLoaded(), FLOOR,
                "MB"));
    }

    private static Row ms(String what, double measured, double compared, String with) {
        return Row.told(what, measured, compared, with, "ms");
    }
}
