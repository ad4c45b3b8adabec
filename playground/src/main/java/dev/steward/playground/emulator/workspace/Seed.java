package dev.steward.playground.emulator.workspace;

import dev.steward.playground.emulator.workspace.Account.Kind;
import java.util.List;
import java.util.stream.Stream;

/**
 * The workspace as every run finds it. The ids are stable: tests, fixtures and the demo may name them.
 *
 * <p>The bot is a member of every channel except {@link #NO_BOT}. Guest and stranger are members of {@code general} and
 * {@code platform-requests}; the people of a team are members of its channel.
 */
public final class Seed {
    public static final String TEAM = "T0STEWARD1";
    public static final String TEAM_NAME = "Acme";
    public static final String TEAM_DOMAIN = "acme";
    /** The workspace that {@link #SAM} belongs to. */
    public static final String OTHER_TEAM = "T0PARTNER1";
    public static final String OTHER_TEAM_DOMAIN = "partner";
    public static final String APP = "A0STEWARD1";
    public static final String BOT_ID = "B0STEWARD1";
    public static final String BOT_USER = "U0STEWARD1";

    /** Developer, team payments. */
    public static final String DANA = "U0DANA0001";
    /** Approver, team payments. */
    public static final String OMAR = "U0OMAR0001";
    /** Approver, team platform. */
    public static final String PIA = "U0PIA00001";
    /** Team platform. */
    public static final String PAUL = "U0PAUL0001";
    /** On-call, team checkout. */
    public static final String OLGA = "U0OLGA0001";
    /** Lead of team platform. */
    public static final String LENA = "U0LENA0001";
    /** A guest of this workspace. */
    public static final String GUS = "U0GUS00001";
    /** A person of another workspace, in shared channels. */
    public static final String SAM = "U0SAM00001";
    /** Somebody who has left. */
    public static final String INES = "U0INES0001";

    public static final String GENERAL = "C0GENERAL1";
    public static final String PLATFORM_REQUESTS = "C0REQUESTS";
    public static final String PAYMENTS = "C0PAYMENTS";
    public static final String CHECKOUT = "C0CHECKOUT";
    public static final String PLATFORM = "C0PLATFORM";
    public static final String PLATFORM_AUDIT = "C0PLATAUDT";
    /** Archived. */
    public static final String OLD_REQUESTS = "C0OLDREQST";
    /** The bot is not a member. */
    public static final String NO_BOT = "C0NOBOT001";

    public static final String GROUP_PAYMENTS = "S0PAYMENTS";
    public static final String GROUP_CHECKOUT = "S0CHECKOUT";
    public static final String GROUP_PLATFORM = "S0PLATFORM";
    public static final String GROUP_PLATFORM_LEADS = "S0PLATLEAD";

    private static final List<String> STAFF = List.of(DANA, OMAR, PIA, PAUL, OLGA, LENA);

    private Seed() {}

    static List<Account> accounts() {
        return List.of(new Account(BOT_USER, "steward", "Steward", "Etc/UTC", TEAM, Kind.BOT),
                member(DANA, "dana", "Dana Diaz", "Europe/Madrid"), member(OMAR, "omar", "Omar Okafor", "Africa/Lagos"),
                member(PIA, "pia", "Pia Petrov", "Europe/Berlin"), member(PAUL, "paul", "Paul Park", "Asia/Seoul"),
                member(OLGA, "olga", "Olga Olsen", "Europe/Oslo"),
                member(LENA, "lena", "Lena Laurent", "Europe/Paris"),
                new Account(GUS, "gus", "Gus Grant", "America/New_York", TEAM, Kind.GUEST),
                new Account(SAM, "sam", "Sam Silva", "America/Sao_Paulo", OTHER_TEAM, Kind.STRANGER),
                new Account(INES, "ines", "Ines Ito", "Asia/Tokyo", TEAM, Kind.DEACTIVATED));
    }

    static List<UserGroup> groups() {
        return List.of(new UserGroup(GROUP_PAYMENTS, "payments", "Payments", List.of(DANA, OMAR)),
                new UserGroup(GROUP_CHECKOUT, "checkout", "Checkout", List.of(OLGA)),
                new UserGroup(GROUP_PLATFORM, "platform", "Platform", List.of(PIA, PAUL, LENA)),
                new UserGroup(GROUP_PLATFORM_LEADS, "platform-leads", "Platform leads", List.of(LENA)));
    }

    static List<Conversation> conversations() {
        List<String> everyone = Stream.concat(STAFF.stream(), Stream.of(GUS, SAM)).toList();
        return List.of(channel(GENERAL, "general", BOT_USER, everyone),
                channel(PLATFORM_REQUESTS, "platform-requests", BOT_USER, everyone),
                channel(PAYMENTS, "payments", BOT_USER, List.of(DANA, OMAR)),
                channel(CHECKOUT, "checkout", BOT_USER, List.of(OLGA)),
                channel(PLATFORM, "platform", BOT_USER, List.of(PIA, PAUL, LENA)),
                channel(PLATFORM_AUDIT, "platform-audit", BOT_USER, List.of(LENA)),
                channel(OLD_REQUESTS, "old-requests", BOT_USER, STAFF).archived(true),
                channel(NO_BOT, "no-bot", LENA, STAFF));
    }

    private static Account member(String id, String name, String realName, String tz) {
        return new Account(id, name, realName, tz, TEAM, Kind.MEMBER);
    }

    private static Conversation channel(String id, String name, String first, List<String> others) {
        List<String> members = Stream.concat(Stream.of(first), others.stream()).distinct().toList();
        return new Conversation(id, name, Conversation.Kind.PUBLIC, members, false, LENA);
    }
}
