package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.journal.Call;
import dev.steward.playground.emulator.journal.Journal;
import dev.steward.playground.emulator.journal.Masked;
import dev.steward.playground.emulator.journal.SocketNote;
import dev.steward.playground.emulator.json.Json;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The journal as the control API shows and saves it, in its order and without secrets. */
final class ControlJournal {
    private static final List<String> KINDS = List.of("calls", "deliveries", "sockets");
    private static final String ENTRY = "entry";

    private final Journal journal;
    private final Masked masked;

    ControlJournal(Journal journal, Masked masked) {
        this.journal = journal;
        this.masked = masked;
    }

    /**
     * Entries numbered above that, by what they are.
     *
     * @param most the newest of them, if there are more
     */
    ObjectNode after(long number, int most) {
        long last = journal.last();
        NavigableMap<Long, ObjectNode> entries = entries(number);
        int left = Math.max(0, entries.size() - most);
        Collection<ObjectNode> newest = entries.values().stream().skip(left).toList();
        ObjectNode shown = Json.object().put("life", journal.life()).put("last", last)
                .put("dropped", journal.dropped()).put("left_out", left);
        for (String kind : KINDS) {
            shown.set(kind, Json.array().addAll(newest.stream()
                    .filter(one -> one.path(ENTRY).asText().equals(kind)).map(one -> one.<ObjectNode>without(ENTRY))
                    .toList()));
        }
        return shown;
    }

    /** All of it, a line of JSON for each entry with what it is as {@code entry}. What is no longer there is said first. */
    String lines() {
        String entries = entries(0).values().stream().map(one -> one + "\n").collect(Collectors.joining());
        long dropped = journal.dropped();
        return (dropped == 0 ? "" : Json.object().put(ENTRY, "dropped").put("count", dropped) + "\n") + entries;
    }

    private NavigableMap<Long, ObjectNode> entries(long after) {
        NavigableMap<Long, ObjectNode> entries = new TreeMap<>();
        journal.calls().stream().filter(one -> one.number() > after).forEach(one -> entries.put(one.number(),
                entry("calls").setAll(call(one))));
        journal.deliveries().stream().filter(one -> one.number() > after).forEach(one -> entries.put(one.number(),
                entry("deliveries").setAll(masked(Snapshots.delivery(one)))));
        journal.sockets().stream().filter(one -> one.number() > after).forEach(one -> entries.put(one.number(),
                entry("sockets").setAll(socket(one))));
        return entries;
    }

    private static ObjectNode entry(String kind) {
        return Json.object().put(ENTRY, kind);
    }

    private ObjectNode call(Call call) {
        ObjectNode shown = Json.object().put("number", call.number()).put("at", call.at().toString())
                .put("method", call.method()).put("status", call.answered().status())
                .put("took_ms", call.answered().took().toMillis());
        call.answered().fault().ifPresent(fault -> shown.put("fault", fault));
        shown.set("arguments", call.arguments());
        shown.set("answer", call.answered().body());
        return masked(shown);
    }

    private static ObjectNode socket(SocketNote note) {
        return Json.object().put("number", note.number()).put("at", note.at().toString()).put("socket", note.socket())
                .put("what", note.what());
    }

    private ObjectNode masked(ObjectNode shown) {
        return (ObjectNode) masked.json(shown);
    }
}
