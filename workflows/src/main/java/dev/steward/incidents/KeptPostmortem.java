package dev.steward.incidents;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The postmortem of an incident as it is stored, for those who take it elsewhere. */
public sealed interface KeptPostmortem {
    /**
     * There is one.
     *
     * @param markdown
     *            the whole of it
     * @param edited
     *            whether people made it theirs; else it is the draft that was written when the incident was resolved
     */
    record Written(String markdown, boolean edited) implements KeptPostmortem {}

    /** Nobody has resolved the incident yet, or it was declined or merged. */
    record NotYet(String title) implements KeptPostmortem {}

    /** Only its members see anything of the incident, and they read it in Slack. */
    record Confidential() implements KeptPostmortem {}

    /** There is no such incident. */
    record Unknown() implements KeptPostmortem {}

    /** Reads it. */
    static KeptPostmortem of(Handle handle, IncidentId id) {
        Optional<KeptPostmortem> found = handle.createQuery("""
                SELECT i.title, i.private, p.body, coalesce(p.edited, 0) AS edited
                FROM incident i LEFT JOIN postmortem p ON p.incident = i.id WHERE i.id = :id""")
                .bind("id", id.value()).<KeptPostmortem>map((rs, c) -> {
                    String body = rs.getString("body");
                    if (rs.getBoolean("private")) {
                        return new Confidential();
                    }
                    return body == null || body.isEmpty()
                            ? new NotYet(rs.getString("title"))
                            : new Written(body, rs.getBoolean("edited"));
                }).findOne();
        return found.orElseGet(Unknown::new);
    }
}
