package dev.steward.playground.hostile;

import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What no stranger may move: decisions, teams, owners, modules, administrators, the request that waits; and who may ask
 * for something, which is whoever has a form open. Says each change once.
 */
final class Untouched {
    private static final Pattern FORBIDDEN = Pattern.compile(
            "(decision\\.(?!refused)|proposal\\.(?!open)|request\\.(approved|done|rejected|cancelled)|team\\.|module\\."
                    + "|entity\\.|stack\\.|person\\.admin).*");

    private final Stage stage;
    private Effects fixed;
    private Effects waiting;
    private long request;
    private long ledger;

    /** What is so at this moment is how it is to stay. */
    Untouched(Stage stage) {
        this.stage = stage;
        fixed = Effects.fixed(stage);
        waiting = Effects.of(stage, Life.WAITING);
        request = last("SELECT max(id) FROM request");
        ledger = last("SELECT max(seq) FROM ledger");
    }

    /** What was moved since this was asked last, without authority. */
    List<String> changes() {
        Effects fixedNow = Effects.fixed(stage);
        Effects waitingNow = Effects.of(stage, Life.WAITING);
        List<String> changes = new ArrayList<>(differences(fixed, fixedNow));
        changes.addAll(differences(waiting, waitingNow));
        changes.addAll(requesters().stream().filter(who -> !who.equals(Seed.DANA)).map(who -> who + " asked").toList());
        changes.addAll(Effects.ledgerSince(stage, ledger).stream().filter(FORBIDDEN.asMatchPredicate()).toList());
        fixed = fixedNow;
        waiting = waitingNow;
        request = last("SELECT max(id) FROM request");
        ledger = last("SELECT max(seq) FROM ledger");
        return changes;
    }

    private static List<String> differences(Effects before, Effects now) {
        return now.rows().entrySet().stream()
                .filter(table -> !table.getValue().equals(before.rows().get(table.getKey())))
                .map(Map.Entry::getKey)
                .map(table -> table + " was " + before.rows().get(table) + " and is " + now.rows().get(table)).toList();
    }

    /** Who asked for something since that request. */
    private List<String> requesters() {
        return stage.inspect(h -> h.createQuery("SELECT slack_user FROM request JOIN person ON person.id ="
                + " request.requester WHERE request.id > :last").bind("last", request).mapTo(String.class).list());
    }

    private long last(String sql) {
        return stage.inspect(h -> h.createQuery(sql).mapTo(Long.class).one());
    }
}
