package dev.steward.bot.slack.blocks;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text in Slack's markup, safe to send. This is the only place where text from elsewhere is escaped: it enters through
 * {@link #text}, {@link #code} or as an argument of {@link #of}, and leaves with {@code & < >} escaped, so that it can
 * be neither a mention nor a link, and without control characters, so that it can neither break a line nor reverse what
 * one reads.
 *
 * @see <a href="https://docs.slack.dev/messaging/formatting-message-text">Slack: formatting text</a>
 */
public final class Mrkdwn {
    /** Nothing. */
    public static final Mrkdwn EMPTY = new Mrkdwn("");

    private static final DateTimeFormatter FALLBACK = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'")
            .withZone(ZoneOffset.UTC);

    private static final int USUAL_MAX = 300;
    /** Nothing longer is shown anywhere. */
    private static final int LONGEST = 10_000;
    private static final Pattern BREAKING = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}&&[^\\u200d]]");

    private final String markup;

    private Mrkdwn(String markup) {
        this.markup = markup;
    }

    /** Text from elsewhere on one line, cut to at most {@value #USUAL_MAX} characters of markup. */
    public static Mrkdwn text(String raw) {
        return text(raw, USUAL_MAX);
    }

    /** Text from elsewhere, cut to at most {@code max} characters of markup. */
    public static Mrkdwn text(String raw, int max) {
        return new Mrkdwn(cutEscaped(oneLine(raw), max));
    }

    /** Text from elsewhere whose lines are kept, each quoted; cut to at most {@code max} characters of markup. */
    public static Mrkdwn quote(String raw, int max) {
        String quoted = raw.strip().lines().map(Mrkdwn::oneLine).collect(Collectors.joining("\n"));
        return new Mrkdwn(">" + cutEscaped(quoted, max).replace("\n", "\n>"));
    }

    /** Text from elsewhere in fixed width, on one line, cut as {@link #text(String)} does. */
    public static Mrkdwn code(String raw) {
        return code(raw, USUAL_MAX);
    }

    /** Text from elsewhere in fixed width, on one line, cut to at most {@code max} characters of markup. */
    public static Mrkdwn code(String raw, int max) {
        String inner = oneLine(raw).replace('`', '\'').strip();
        return inner.isEmpty() ? new Mrkdwn("_(empty)_") : new Mrkdwn("`" + cutEscaped(inner, max) + "`");
    }

    /** Text from elsewhere as a block of fixed width, cut to at most {@code max} characters of markup. */
    public static Mrkdwn block(String raw, int max) {
        String inner = raw.lines().map(Mrkdwn::oneLine).collect(Collectors.joining("\n")).replace('`', '\'');
        return new Mrkdwn("```" + cutEscaped(inner, max) + "```");
    }

    /** A person, as Slack shows one; the id comes from Slack. Anything that is no user id is shown as plain text. */
    public static Mrkdwn user(String slackUser) {
        return slackUser.matches("[UW][A-Z0-9]{1,30}") ? new Mrkdwn("<@" + slackUser + ">") : text(slackUser);
    }

    /** Everybody in a user group, whom this calls; the id comes from the settings. */
    public static Mrkdwn group(String id) {
        return id.matches("S[A-Z0-9]{1,30}") ? new Mrkdwn("<!subteam^" + id + ">") : everybody();
    }

    /** Everybody in the channel, whom this calls. */
    public static Mrkdwn everybody() {
        return new Mrkdwn("<!channel>");
    }

    /** A channel by id or name. */
    public static Mrkdwn channel(String idOrName) {
        return idOrName.matches("[CG][A-Z0-9]{5,30}") ? new Mrkdwn("<#" + idOrName + ">") : text("#" + idOrName);
    }

    /** A moment, shown in each reader's own time zone. */
    public static Mrkdwn when(Instant at) {
        return new Mrkdwn("<!date^" + at.getEpochSecond() + "^{date_short_pretty} {time}|" + FALLBACK.format(at) + ">");
    }

    /** How far away a moment is, as each reader sees it then: in 3 hours. */
    public static Mrkdwn ago(Instant at) {
        return new Mrkdwn("<!date^" + at.getEpochSecond() + "^{ago}|" + FALLBACK.format(at) + ">");
    }

    /** A link; an address that is not plain http or https is shown as text. */
    public static Mrkdwn link(String url, String label) {
        if (!url.matches("https?://[^\\s<>|\"]{1,2000}")) {
            return text(label);
        }
        return new Mrkdwn("<" + escaped(url) + "|" + text(label).markup.replace('|', '/') + ">");
    }

    /**
     * Our own words around other text.
     *
     * @param template
     *            markup of our own, with {@code {}} where an argument goes; never text from elsewhere
     * @param args
     *            {@link Mrkdwn}, taken as it is, or anything else, escaped as {@link #text} does
     */
    public static Mrkdwn of(String template, Object... args) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (Object arg : args) {
            int hole = template.indexOf("{}", from);
            if (hole < 0) {
                throw new IllegalArgumentException("more arguments than holes: " + template);
            }
            out.append(template, from, hole).append(arg instanceof Mrkdwn safe ? safe.markup : text("" + arg).markup);
            from = hole + 2;
        }
        return new Mrkdwn(out.append(template.substring(from)).toString());
    }

    /** What was rendered here earlier, and stored by ourselves; never text from elsewhere. */
    public static Mrkdwn rendered(String markup) {
        return new Mrkdwn(markup);
    }

    /** Several texts in a row. */
    public static Mrkdwn join(String separator, Collection<Mrkdwn> parts) {
        return new Mrkdwn(parts.stream().map(part -> part.markup).collect(Collectors.joining(separator)));
    }

    /** This text, then the other on a new line; nothing is added for an empty one. */
    public Mrkdwn line(Mrkdwn other) {
        if (markup.isEmpty() || other.markup.isEmpty()) {
            return markup.isEmpty() ? other : this;
        }
        return new Mrkdwn(markup + "\n" + other.markup);
    }

    /** Whether there is nothing to show. */
    public boolean isEmpty() {
        return markup.isEmpty();
    }

    /** How many characters Slack counts. */
    public int length() {
        return markup.length();
    }

    /** What is sent. */
    public String markup() {
        return markup;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mrkdwn that && that.markup.equals(markup);
    }

    @Override
    public int hashCode() {
        return markup.hashCode();
    }

    @Override
    public String toString() {
        return markup;
    }

    /** Cuts plain text to at most {@code max} characters, marking that it was cut. */
    public static String cut(String plain, int max) {
        if (plain.length() <= max) {
            return plain;
        }
        int end = Math.max(0, max - 1);
        if (end > 0 && Character.isHighSurrogate(plain.charAt(end - 1))) {
            end--;
        }
        return plain.substring(0, end) + "…";
    }

    /** Plain text on one line, without control, formatting and invisible characters. */
    public static String oneLine(String raw) {
        String cut = raw.substring(0, Math.min(raw.length(), LONGEST));
        return INVISIBLE.matcher(BREAKING.matcher(cut).replaceAll(" ")).replaceAll("").strip();
    }

    private static String escaped(String plain) {
        return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String cutEscaped(String plain, int max) {
        String whole = plain.length() > max ? cut(plain, max) : plain;
        int keep = whole.length();
        String shorter = escaped(whole);
        while (shorter.length() > max && keep > 0) {
            keep = Math.max(0, keep - Math.max(1, (shorter.length() - max) / 5));
            shorter = escaped(cut(whole, keep));
        }
        return shorter;
    }
}
