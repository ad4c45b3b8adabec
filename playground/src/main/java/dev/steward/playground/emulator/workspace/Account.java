package dev.steward.playground.emulator.workspace;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A person, or the app's bot, as the workspace knows them.
 *
 * @param name the handle, without {@code @}
 * @param tz   an IANA time zone
 */
public record Account(String id, String name, String realName, String tz, String teamId, Kind kind) {
    /** What an account is in this workspace. */
    public enum Kind {
        MEMBER, GUEST, STRANGER, DEACTIVATED, BOT
    }

    public String email() {
        return name + "@example.com";
    }

    public boolean deactivated() {
        return kind == Kind.DEACTIVATED;
    }

    /** What their clock is ahead of UTC. */
    public ZoneOffset offset(Instant at) {
        return ZoneId.of(tz).getRules().getOffset(at);
    }

    public Account as(Kind changed) {
        return new Account(id, name, realName, tz, teamId, changed);
    }
}
