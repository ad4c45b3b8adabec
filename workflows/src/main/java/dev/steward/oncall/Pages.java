package dev.steward.oncall;

import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.database.Database;
import dev.steward.database.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of pages and of their steps. */
final class Pages {
    private static final String SELECT = """
            SELECT p.*, t.name AS team_name FROM page p JOIN team t ON t.id = p.team\s""";

    private final OnCallParts parts;

    Pages(OnCallParts parts) {
        this.parts = parts;
    }

    /** A page before its first step: the step makes it what it is. */
    PageId add(Handle handle, Team team, PageOrder order, Optional<String> channel) {
        long now = parts.store().clock().millis();
        handle.createUpdate("""
                INSERT INTO page (team, subject, title, channel, asked_by, state, round, layer, next_at, created_at,
                    then_teams)
                VALUES (:team, :subject, :title, :channel, :asker, 'open', 1, -1, :now, :now, :then)""")
                .bind("team", team.id()).bind("subject", order.subject()).bind("title", order.title())
                .bind("channel", channel.orElse(null)).bind("asker", order.asker().map(Person::id).orElse(null))
                .bind("now", now).bind("then", Json.text(order.then())).execute();
        return new PageId(Database.lastId(handle));
    }

    Optional<Page> find(Handle handle, PageId id) {
        return handle.createQuery(SELECT + "WHERE p.id = :id").bind("id", id.value())
                .map((rs, c) -> row(handle, rs)).findOne();
    }

    Page byId(Handle handle, PageId id) {
        return find(handle, id).orElseThrow(() -> new IllegalStateException("there is no " + id.text()));
    }

    /** The page of that team about that subject which nobody has answered yet. */
    Optional<PageId> unanswered(Handle handle, Team team, String subject) {
        return handle.createQuery("""
                SELECT id FROM page WHERE team = :team AND subject = :subject AND state = 'open'
                ORDER BY id DESC LIMIT 1""").bind("team", team.id()).bind("subject", subject)
                .mapTo(Long.class).findOne().map(PageId::new);
    }

    /** The teams that are paged if nobody answers it. */
    static List<String> then(Handle handle, PageId id) {
        return handle
                .createQuery("SELECT t.value FROM page p, json_each(p.then_teams) t WHERE p.id = :id ORDER BY t.key")
                .bind("id", id.value()).mapTo(String.class).list();
    }

    /** The page that it was passed on to, and the one that it was passed on from. */
    List<Page> linked(Handle handle, PageId id) {
        return handle.createQuery(SELECT + """
                WHERE p.passed_to = :id OR p.id = (SELECT passed_to FROM page WHERE id = :id)""")
                .bind("id", id.value()).map((rs, c) -> row(handle, rs)).list();
    }

    /** All about that subject, the first first. */
    List<Page> about(Handle handle, String subject) {
        return handle.createQuery(SELECT + "WHERE p.subject = :subject ORDER BY p.id").bind("subject", subject)
                .map((rs, c) -> row(handle, rs)).list();
    }

    /** Those that nobody has acknowledged, of the ones that went to that person or to everybody in a team of theirs. */
    List<Page> waitingFor(Handle handle, Person person) {
        return handle.createQuery(SELECT + """
                WHERE p.state IN ('open', 'exhausted') AND EXISTS (SELECT 1 FROM page_step s
                    WHERE s.page = p.id AND (s.person = :person OR s.person IS NULL AND s.why IS NULL
                        AND p.team IN (SELECT m.team FROM team_member m WHERE m.person = :person)))
                ORDER BY p.id DESC LIMIT 20""").bind("person", person.id()).map((rs, c) -> row(handle, rs)).list();
    }

    /** Those that wait for an answer. */
    List<PageId> open(Handle handle) {
        return handle.createQuery("SELECT id FROM page WHERE state = 'open' ORDER BY id").mapTo(Long.class)
                .map(PageId::new).list();
    }

    /** Changes it; false if somebody did since it was seen. */
    boolean change(Handle handle, Page seen, String set, Map<String, ?> values) {
        return handle
                .createUpdate("UPDATE page SET " + set + ", version = version + 1 WHERE id = :id AND version = :seen")
                .bindMap(values).bind("id", seen.id().value()).bind("seen", seen.at().version()).execute() == 1;
    }

    long step(Handle handle, Page page, int round, String layer, Page.To to) {
        handle.createUpdate("""
                INSERT INTO page_step (page, round, layer, person, why, at)
                VALUES (:page, :round, :layer, :person, :why, :now)""").bind("page", page.id().value())
                .bind("round", round).bind("layer", layer)
                .bind("person", to instanceof Page.To.Somebody(Person person) ? person.id() : null)
                .bind("why", to instanceof Page.To.Nobody(String why) ? why : null)
                .bind("now", parts.store().clock().millis()).execute();
        return Database.lastId(handle);
    }

    private Page row(Handle handle, ResultSet rs) throws SQLException {
        PageId id = new PageId(rs.getLong("id"));
        return new Page(id, parts.catalog().teams().byName(handle, rs.getString("team_name")).orElseThrow(),
                rs.getString("subject"), rs.getString("title"), Optional.ofNullable(rs.getString("channel")),
                person(handle, rs, "asked_by"), state(handle, rs), steps(handle, id),
                new Page.Place(rs.getInt("round"), rs.getInt("layer"), rs.getLong("version"),
                        Instant.ofEpochMilli(rs.getLong("created_at"))));
    }

    private PageState state(Handle handle, ResultSet rs) throws SQLException {
        return switch (rs.getString("state")) {
            case "open" -> new PageState.Open(Instant.ofEpochMilli(rs.getLong("next_at")));
            case "acked" -> new PageState.Acked(person(handle, rs, "acked_by").orElseThrow(),
                    Instant.ofEpochMilli(rs.getLong("acked_at")));
            case "exhausted" -> new PageState.Exhausted(passedTo(handle, rs.getLong("passed_to")));
            case "withdrawn" -> new PageState.Withdrawn();
            default -> throw new IllegalStateException("not a state of a page: " + rs.getString("state"));
        };
    }

    private Optional<Team> passedTo(Handle handle, long page) {
        return handle.createQuery("SELECT t.name FROM page p JOIN team t ON t.id = p.team WHERE p.id = :id")
                .bind("id", page).mapTo(String.class).findOne()
                .flatMap(name -> parts.catalog().teams().byName(handle, name));
    }

    private List<Page.Step> steps(Handle handle, PageId id) {
        return handle.createQuery("SELECT * FROM page_step WHERE page = :page ORDER BY id").bind("page", id.value())
                .map((rs, c) -> new Page.Step(rs.getLong("id"), rs.getInt("round"), rs.getString("layer"),
                        to(handle, rs), Instant.ofEpochMilli(rs.getLong("at"))))
                .list();
    }

    private Page.To to(Handle handle, ResultSet rs) throws SQLException {
        Optional<Person> person = person(handle, rs, "person");
        String why = rs.getString("why");
        return person.<Page.To>map(Page.To.Somebody::new)
                .orElseGet(() -> why == null ? new Page.To.WholeTeam() : new Page.To.Nobody(why));
    }

    private Optional<Person> person(Handle handle, ResultSet rs, String column) throws SQLException {
        long id = rs.getLong(column);
        return rs.wasNull() ? Optional.empty() : parts.catalog().people().byId(handle, id);
    }
}
