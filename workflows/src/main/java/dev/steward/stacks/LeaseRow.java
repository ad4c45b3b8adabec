package dev.steward.stacks;

import dev.steward.ledger.Actor;
import dev.steward.terraform.StackId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** A row of the table of leases. */
final class LeaseRow {
    private LeaseRow() {}

    static Lease lease(ResultSet rs, StatementContext context) throws SQLException {
        String role = rs.getString("role");
        Optional<Lease.Grant> grant = role == null
                ? Optional.empty()
                : Optional.of(new Lease.Grant(rs.getLong("entity"), role));
        return new Lease(new StackId(rs.getLong("stack")), rs.getLong("request"), rs.getLong("holder"), grant,
                Duration.ofMillis(rs.getLong("lasts")), state(rs), rs.getLong("version"));
    }

    private static LeaseState state(ResultSet rs) throws SQLException {
        return switch (rs.getString("state")) {
            case "pending" -> new LeaseState.Pending();
            case "active" -> rs.getString("cause") == null ? active(rs) : ending(rs);
            case "ended" -> new LeaseState.Ended(at(rs, "starts_at").orElseThrow(), at(rs, "ended_at").orElseThrow(),
                    word(rs));
            default -> new LeaseState.Never();
        };
    }

    private static LeaseState active(ResultSet rs) throws SQLException {
        return new LeaseState.Active(at(rs, "starts_at").orElseThrow(), at(rs, "ends_at").orElseThrow(),
                at(rs, "warned_at"));
    }

    private static LeaseState ending(ResultSet rs) throws SQLException {
        return new LeaseState.Ending(at(rs, "starts_at").orElseThrow(), at(rs, "ends_at").orElseThrow(), word(rs),
                number(rs, "ending"), rs.getInt("tries"), at(rs, "next_try"),
                Optional.ofNullable(rs.getString("trouble")));
    }

    private static LeaseState.Word word(ResultSet rs) throws SQLException {
        LeaseState.Cause cause = LeaseState.Cause.valueOf(rs.getString("cause").toUpperCase(Locale.ROOT));
        boolean incident = cause == LeaseState.Cause.EXPIRED && number(rs, "over_for").isPresent();
        return new LeaseState.Word(incident ? LeaseState.Cause.INCIDENT_OVER : cause,
                Actor.parse(rs.getString("ended_by")));
    }

    private static Optional<Instant> at(ResultSet rs, String column) throws SQLException {
        return number(rs, column).map(Instant::ofEpochMilli);
    }

    private static Optional<Long> number(ResultSet rs, String column) throws SQLException {
        long value = rs.getLong(column);
        return rs.wasNull() ? Optional.empty() : Optional.of(value);
    }
}
