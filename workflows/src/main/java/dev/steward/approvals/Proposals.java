package dev.steward.approvals;

import dev.steward.catalog.People;
import dev.steward.database.Database;
import dev.steward.database.Json;
import dev.steward.ledger.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The tables of proposals and decisions. */
final class Proposals {
    private final People people;

    Proposals(People people) {
        this.people = people;
    }

    ProposalId insert(Handle handle, NewProposal proposal, Instant now) {
        handle.createUpdate("""
                INSERT INTO proposal (kind, subject, digest, requester, stages, state, expires_at, created_at)
                VALUES (:kind, :subject, :digest, :requester, :stages, 'open', :expires, :now)""")
                .bind("kind", proposal.kind()).bind("subject", proposal.subject()).bind("digest", proposal.digest())
                .bind("requester", proposal.requester()).bind("stages", Json.text(proposal.stages()))
                .bind("expires", proposal.expiresAt().toEpochMilli()).bind("now", now.toEpochMilli()).execute();
        return new ProposalId(Database.lastId(handle));
    }

    ProposalId insertApproved(Handle handle, NewProposal proposal, Actor by, Instant now) {
        handle.createUpdate("""
                INSERT INTO proposal (kind, subject, digest, requester, stages, state, expires_at, created_at,
                    ended_at, ended_by, reason)
                VALUES (:kind, :subject, :digest, :requester, '[]', 'approved', :expires, :now, :now, :by, :rule)""")
                .bind("kind", proposal.kind()).bind("subject", proposal.subject()).bind("digest", proposal.digest())
                .bind("requester", proposal.requester()).bind("expires", proposal.expiresAt().toEpochMilli())
                .bind("now", now.toEpochMilli()).bind("by", by.text()).bind("rule", proposal.rule().orElseThrow())
                .execute();
        return new ProposalId(Database.lastId(handle));
    }

    Optional<Proposal> find(Handle handle, ProposalId id) {
        return handle.createQuery("SELECT * FROM proposal WHERE id = :id").bind("id", id.value())
                .map((rs, context) -> proposal(handle, rs)).findOne();
    }

    List<ProposalId> open(Handle handle, String kind, String subject) {
        return handle.createQuery("""
                SELECT id FROM proposal WHERE kind = :kind AND subject = :subject AND state = 'open' ORDER BY id""")
                .bind("kind", kind).bind("subject", subject).map(Proposals::id).list();
    }

    List<ProposalId> open(Handle handle, String kind) {
        return handle.createQuery("SELECT id FROM proposal WHERE kind = :kind AND state = 'open' ORDER BY id")
                .bind("kind", kind).map(Proposals::id).list();
    }

    List<ProposalId> open(Handle handle) {
        return handle.createQuery("SELECT id FROM proposal WHERE state = 'open' ORDER BY id").map(Proposals::id).list();
    }

    Optional<ProposalId> latest(Handle handle, String kind, String subject) {
        return handle.createQuery("""
                SELECT id FROM proposal WHERE kind = :kind AND subject = :subject ORDER BY id DESC LIMIT 1""")
                .bind("kind", kind).bind("subject", subject).map(Proposals::id).findOne();
    }

    /** Those that can still be decided on at that time, the first to expire first. */
    List<ProposalId> open(Handle handle, String kind, Instant now) {
        return handle.createQuery("""
                SELECT id FROM proposal WHERE state = 'open' AND expires_at > :now AND kind = :kind
                ORDER BY expires_at, id""").bind("kind", kind).bind("now", now.toEpochMilli()).map(Proposals::id)
                .list();
    }

    List<ProposalId> due(Handle handle, Instant now, int limit) {
        return handle.createQuery("""
                SELECT id FROM proposal WHERE state = 'open' AND expires_at <= :now ORDER BY expires_at LIMIT :limit""")
                .bind("now", now.toEpochMilli()).bind("limit", limit).map(Proposals::id).list();
    }

    void sign(Handle handle, Proposal proposal, int stage, Ballot ballot, Instant now) {
        handle.createUpdate("""
                INSERT INTO decision (proposal, stage, person, verdict, reason, digest, at)
                VALUES (:proposal, :stage, :person, :verdict, :reason, :digest, :now)""")
                .bind("proposal", proposal.id().value()).bind("stage", stage).bind("person", ballot.person())
                .bind("verdict", ballot.verdict().stored()).bind("reason", ballot.reason().orElse(null))
                .bind("digest", ballot.digest()).bind("now", now.toEpochMilli()).execute();
    }

    /** Moves an open proposal to the stage given; false when somebody was first. */
    boolean advance(Handle handle, Proposal seen, int stage) {
        return handle.createUpdate("""
                UPDATE proposal SET stage = :stage, version = version + 1
                WHERE id = :id AND version = :seen AND state = 'open'""").bind("stage", stage)
                .bind("id", seen.id().value()).bind("seen", seen.version()).execute() == 1;
    }

    /** Ends an open proposal; false when somebody was first. */
    boolean end(Handle handle, Proposal seen, String state, Actor by, @Nullable String reason, Instant now) {
        return handle.createUpdate("""
                UPDATE proposal SET state = :state, ended_at = :now, ended_by = :by, reason = :reason,
                    version = version + 1
                WHERE id = :id AND version = :seen AND state = 'open'""").bind("state", state)
                .bind("now", now.toEpochMilli()).bind("by", by.text()).bind("reason", reason)
                .bind("id", seen.id().value()).bind("seen", seen.version()).execute() == 1;
    }

    private Proposal proposal(Handle handle, ResultSet rs) throws SQLException {
        var id = new ProposalId(rs.getLong("id"));
        List<Stage> stages = List.of(Json.read(rs.getString("stages"), Stage[].class));
        Optional<String> rule = stages.isEmpty() ? Optional.of(rs.getString("reason")) : Optional.empty();
        var terms = new NewProposal(rs.getString("kind"), rs.getString("subject"), rs.getString("digest"),
                rs.getLong("requester"), stages, rule, Instant.ofEpochMilli(rs.getLong("expires_at")));
        return new Proposal(id, terms, signed(handle, id, stages), state(handle, rs),
                Instant.ofEpochMilli(rs.getLong("created_at")), rs.getLong("version"));
    }

    private static List<Proposal.SignedStage> signed(Handle handle, ProposalId id, List<Stage> stages) {
        List<List<Signature>> signatures = new ArrayList<>();
        stages.forEach(stage -> signatures.add(new ArrayList<>()));
        handle.createQuery("""
                SELECT d.*, p.display_name FROM decision d JOIN person p ON p.id = d.person
                WHERE d.proposal = :id ORDER BY d.id""").bind("id", id.value())
                .map((rs, c) -> signatures.get(rs.getInt("stage")).add(signature(rs))).list();
        List<Proposal.SignedStage> signed = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            signed.add(new Proposal.SignedStage(stages.get(i), List.copyOf(signatures.get(i))));
        }
        return List.copyOf(signed);
    }

    private static Signature signature(ResultSet rs) throws SQLException {
        return new Signature(rs.getLong("person"), rs.getString("display_name"),
                Verdict.ofStored(rs.getString("verdict")), Optional.ofNullable(rs.getString("reason")),
                Instant.ofEpochMilli(rs.getLong("at")));
    }

    private ProposalState state(Handle handle, ResultSet rs) throws SQLException {
        String state = rs.getString("state");
        if (state.equals("open")) {
            return new ProposalState.Open(rs.getInt("stage"));
        }
        Instant at = Instant.ofEpochMilli(rs.getLong("ended_at"));
        Actor actor = Actor.parse(rs.getString("ended_by"));
        var by = new ProposalState.By(actor, people.nameOf(handle, actor));
        String reason = Optional.ofNullable(rs.getString("reason")).orElse("");
        return switch (state) {
            case "approved" -> new ProposalState.Approved(by, at);
            case "rejected" -> new ProposalState.Rejected(by, at, reason);
            case "cancelled" -> new ProposalState.Cancelled(by, at, reason);
            case "expired" -> new ProposalState.Expired(at);
            case "superseded" -> new ProposalState.Superseded(at);
            default -> throw new IllegalStateException("no such state of a proposal: " + state);
        };
    }

    private static ProposalId id(ResultSet rs, StatementContext context) throws SQLException {
        return new ProposalId(rs.getLong("id"));
    }
}
