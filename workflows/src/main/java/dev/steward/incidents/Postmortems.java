package dev.steward.incidents;

import dev.steward.catalog.Person;
import dev.steward.database.Sha256;
import dev.steward.definitions.Durations;
import dev.steward.requests.ActOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** What was learned from an incident, in Markdown: written from what is known until people make it theirs. */
final class Postmortems {
    private static final int LONGEST = 100_000;
    private static final int ENTRIES = 500;
    /** A draft fits the form in which it is edited, 20 fields of 2,600 characters: what was said is told in part. */
    private static final int TIMELINE = 25_000;
    private static final int IMPACT = 6_000;
    private static final int LINE = 500;
    private static final Duration BEFORE = Duration.ofHours(24);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    /** What would begin a heading or a block of code, or make one of the line before. */
    private static final Pattern MARKUP = Pattern.compile("(?m)^(\\s*)(#|={2,}\\s*$|-{2,}\\s*$|```|~~~)");

    private final Desk desk;
    private final WhatChanged changes;

    Postmortems(Desk desk, WhatChanged changes) {
        this.desk = desk;
        this.changes = changes;
    }

    static boolean edited(Handle handle, IncidentId id) {
        return handle.createQuery("SELECT count(*) FROM postmortem WHERE incident = :id AND edited = 1")
                .bind("id", id.value()).mapTo(Integer.class).one() > 0;
    }

    /** There is a draft from now on; what people made of an earlier one stays. */
    void begin(Handle handle, IncidentId id) {
        handle.createUpdate("""
                INSERT INTO postmortem (incident, body, updated_at) VALUES (:id, :body, :now)
                ON CONFLICT (incident) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at
                    WHERE edited = 0""").bind("id", id.value())
                .bind("body", draft(handle, desk.incidents.get(handle, id)))
                .bind("now", desk.now().toEpochMilli()).execute();
    }

    ActOutcome keep(IncidentId id, Person person, String body) {
        return desk.act(id, person, Desk.When.NOT_MERGED, (h, incident, by) -> {
            String clean = Phrases.text(body);
            if (clean.isEmpty() || clean.length() > LONGEST) {
                return new ActOutcome.Refused("The postmortem was not kept: " + (clean.isEmpty()
                        ? "it is empty."
                        : Notes.tooLong("it", clean, LONGEST)));
            }
            h.createUpdate("""
                    INSERT INTO postmortem (incident, body, edited, updated_at) VALUES (:id, :body, 1, :now)
                    ON CONFLICT (incident) DO UPDATE SET body = excluded.body, edited = 1,
                        updated_at = excluded.updated_at, version = version + 1""").bind("id", id.value())
                    .bind("body", clean).bind("now", desk.now().toEpochMilli()).execute();
            desk.log(h, by, "postmortem", incident, Map.of("sha256", Sha256.of(clean)));
            desk.aside(h, incident, by, "The postmortem was written");
            desk.telling.stillResolved(h, incident);
            return new ActOutcome.Done("The postmortem of " + id.text() + " is kept.");
        });
    }

    String of(Handle handle, Incident incident) {
        return handle.createQuery("SELECT body FROM postmortem WHERE incident = :id AND edited = 1")
                .bind("id", incident.id().value()).mapTo(String.class).findOne()
                .orElseGet(() -> draft(handle, incident));
    }

    private String draft(Handle handle, Incident incident) {
        List<String> parts = new ArrayList<>();
        parts.add("# " + incident.id().text() + " " + incident.title());
        parts.add(list(facts(handle, incident), "Nothing is known of it."));
        section(parts, "Summary", incident.about().summary().isBlank()
                ? "_What happened, to whom, and what ended it?_"
                : text(incident.about().summary()));
        section(parts, "Impact", list(conditions(handle, incident), "_Who noticed what, and for how long?_"));
        section(parts, "Timeline", list(entries(handle, incident), "Nothing was written down."));
        changed(parts, handle, incident);
        section(parts, "Access used", list(access(handle, incident), "Nobody was given access for it."));
        section(parts, "Follow-ups",
                list(followups(handle, incident), "_What will be done so that it does not happen again?_"));
        section(parts, "People", list(people(handle, incident), "Nobody."));
        return String.join("\n\n", parts) + "\n";
    }

    private List<String> entries(Handle handle, Incident incident) {
        return fitting(desk.timeline.list(handle, incident.id(), false, ENTRIES, 0).stream()
                .map(entry -> TIME.format(entry.at()) + " " + entry.by() + ": " + indented(entry.text())).toList(),
                TIMELINE, desk.timeline.size(handle, incident.id(), false));
    }

    /** So many of them as fit, and how many are left out. */
    private static List<String> fitting(List<String> all, int most, int size) {
        List<String> lines = new ArrayList<>();
        int length = 0;
        for (String line : all) {
            length += line.length();
            if (length > most) {
                break;
            }
            lines.add(line);
        }
        if (size > lines.size()) {
            lines.add("and " + (size - lines.size()) + " more, which the timeline in Steward has");
        }
        return lines;
    }

    private static void section(List<String> parts, String title, String body) {
        parts.add("## " + title);
        parts.add(body);
    }

    private static String list(List<String> lines, String otherwise) {
        return lines.isEmpty() ? otherwise : "- " + String.join("\n- ", lines);
    }

    private static String text(String text) {
        return MARKUP.matcher(text).replaceAll("$1\\\\$2");
    }

    private static String indented(String text) {
        return text(Phrases.beginning(text, LINE)).replace("\n", "\n  ");
    }

    private List<String> facts(Handle handle, Incident incident) {
        List<String> facts = new ArrayList<>();
        facts.add("Severity: " + incident.severity().text());
        facts.add("Status: " + incident.state().text());
        facts.add("Service: " + incident.about().entity().flatMap(id -> desk.catalog.entities().byId(handle, id))
                .map(entity -> entity.name() + " (team " + entity.owner() + ")").orElse("not known"));
        facts.add("Declared: " + TIME.format(incident.times().declared()));
        incident.times().takenUp().ifPresent(at -> facts.add("Taken up: " + TIME.format(at)));
        incident.times().resolved().ifPresent(at -> {
            facts.add("Resolved: " + TIME.format(at));
            facts.add("Duration: " + Durations.lasted(Duration.between(incident.times().declared(), at)));
        });
        cause(handle, incident).ifPresent(cause -> facts.add("Cause: " + cause));
        return facts;
    }

    private static Optional<String> cause(Handle handle, Incident incident) {
        return incident.about().causedBy().isEmpty()
                ? Optional.empty()
                : handle.createQuery(
                        "SELECT 'RUN-' || id || coalesce(' of REQ-' || request, '') FROM run WHERE id = :id")
                        .bind("id", incident.about().causedBy().getAsLong()).mapTo(String.class).findOne();
    }

    private static List<String> conditions(Handle handle, Incident incident) {
        List<String> all = handle.createQuery(
                """
                        SELECT e.at, u.conditions FROM timeline_entry e JOIN incident_update u ON u.entry = e.id
                        WHERE e.incident = :id AND e.removed_at IS NULL AND u.conditions <> '' ORDER BY e.at, e.id LIMIT :most""")
                .bind("id", incident.id().value()).bind("most", ENTRIES)
                .map((rs, c) -> TIME.format(Instant.ofEpochMilli(rs.getLong("at"))) + ": "
                        + indented(rs.getString("conditions")))
                .list();
        return fitting(all, IMPACT, all.size());
    }

    /** What may have been its cause, and apart from that what was done about it. */
    private void changed(List<String> parts, Handle handle, Incident incident) {
        Instant declared = incident.times().declared();
        Instant over = incident.times().resolved().orElse(desk.now());
        Changes known = changes.before(handle, incident, BEFORE);
        List<Change> all = known.nearest();
        List<String> before = new ArrayList<>(lines(all, change -> !change.at().isAfter(declared)));
        if (known.total() > all.size()) {
            before.add("and " + (known.total() - all.size())
                    + " more, farther away or older, then or since: the ledger has them");
        }
        section(parts, "What changed before",
                list(before,
                        "Steward changed nothing that is known to have to do with it."));
        section(parts, "What was done",
                list(lines(all, change -> change.at().isAfter(declared) && !change.at().isAfter(over)),
                        "Steward changed nothing while it went on."));
    }

    private static List<String> lines(List<Change> all, Predicate<Change> some) {
        return all.stream().filter(some)
                .map(change -> TIME.format(change.at()) + " " + change.request().text() + " " + change.run() + " on "
                        + change.entity().name() + ": " + Phrases.line(change.title()) + ", " + change.what() + ", "
                        + change.outcome() + "; asked for by " + change.requester()
                        + (change.approvers().isEmpty()
                                ? ""
                                : ", approved by " + String.join(", ", change.approvers())))
                .toList();
    }

    private List<String> access(Handle handle, Incident incident) {
        return handle.createQuery("""
                SELECT q.id, l.role, e.name, p.display_name, l.starts_at, l.ended_at FROM request q
                JOIN lease l ON l.request = q.id JOIN person p ON p.id = l.holder JOIN entity e ON e.id = l.entity
                WHERE q.incident = :id AND l.starts_at IS NOT NULL ORDER BY l.starts_at, q.id""")
                .bind("id", incident.id().value())
                .map((rs, c) -> "REQ-" + rs.getLong("id") + " " + rs.getString("display_name") + ": "
                        + rs.getString("role") + " on " + rs.getString("name") + " from "
                        + TIME.format(Instant.ofEpochMilli(rs.getLong("starts_at")))
                        + IncidentStore.at(rs, "ended_at").map(at -> " until " + TIME.format(at))
                                .orElse(", still there"))
                .list();
    }

    private List<String> followups(Handle handle, Incident incident) {
        return Items.of(handle, incident.id()).stream()
                .filter(item -> item.followup() && !item.state().equals("dropped"))
                .map(item -> (item.open() ? "[ ] " : "[x] ") + item.text() + " ("
                        + item.owner().flatMap(owner -> desk.catalog.people().byId(handle, owner))
                                .map(Person::displayName).orElse("nobody yet")
                        + item.due().map(due -> ", due " + TIME.format(due)).orElse("") + ")")
                .toList();
    }

    private List<String> people(Handle handle, Incident incident) {
        Map<IncidentRole, Person> roles = desk.members.roles(handle, incident.id());
        List<String> people = new ArrayList<>();
        roles.forEach((role, person) -> people.add(role.title() + ": " + person.displayName()));
        desk.catalog.people().byId(handle, incident.about().declaredBy())
                .ifPresent(person -> people.add("Declared by: " + person.displayName()));
        return people;
    }
}
