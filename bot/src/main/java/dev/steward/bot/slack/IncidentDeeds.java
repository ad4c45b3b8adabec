package dev.steward.bot.slack;

import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.views.IncidentAnswers;
import dev.steward.bot.slack.views.IncidentModals;
import dev.steward.bot.slack.views.IncidentVerb;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.definitions.Durations;
import dev.steward.incidents.Incident;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.IncidentRole;
import dev.steward.incidents.IncidentState;
import dev.steward.incidents.IncidentView;
import dev.steward.incidents.Incidents;
import dev.steward.incidents.Severity;
import dev.steward.requests.ActOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What each word after {@code /incident} does to an incident. Whether the person may is checked by the use case. */
final class IncidentDeeds {
    private static final Pattern AGO = Pattern.compile("(?is)(\\d{1,5}[dhm])\\s+ago\\s+(.+)");
    private static final Pattern NEXT = Pattern.compile("(?i)next(?:\\s+in)?\\s+(\\d{1,4}[dhm])");
    private static final Pattern LINK = Pattern.compile("<(https?://[^>|]+)(?:\\|[^>]*)?>|(https?://\\S+)");
    private static final Pattern ITEM = Pattern.compile("#?([1-9]\\d{0,17})");
    private static final Duration SNOOZE = Duration.ofMinutes(15);
    private static final Duration DAY = Duration.ofDays(1);

    private final IncidentDesk desk;
    private final IncidentAnswers words;
    private final Opening opening;
    private final Mentions mentions;
    private final Function<String, Optional<Entity>> entities;

    /**
     * @param entities
     *            finds what there is by name
     */
    IncidentDeeds(IncidentDesk desk, IncidentAnswers words, Opening opening, Mentions mentions,
            Function<String, Optional<Entity>> entities) {
        this.desk = desk;
        this.words = words;
        this.opening = opening;
        this.mentions = mentions;
        this.entities = entities;
    }

    /** The thing of that name in the catalog. */
    Optional<Entity> entity(String name) {
        return entities.apply(name);
    }

    /**
     * A word and what follows it.
     *
     * @param rest
     *            as Slack sent it
     */
    record Typed(CommandCall call, Person person, IncidentView view, IncidentVerb verb, String rest) {
        IncidentId id() {
            return view.incident().id();
        }
    }

    /** Does it, or opens its form, and answers. */
    void carryOut(Typed typed, Consumer<Rendered> privately) {
        Optional<Map<String, Object>> form = typed.rest().isEmpty() ? form(typed) : Optional.empty();
        if (form.isEmpty()) {
            privately.accept(done(typed));
        } else if (!opening.open(typed.call().trigger(), typed.call().user(), typed.id().text(),
                person -> form.get())) {
            privately.accept(words.notOpen());
        }
    }

    private Optional<Map<String, Object>> form(Typed typed) {
        Incident incident = typed.view().incident();
        return switch (typed.verb()) {
            case UPDATE -> Optional.of(IncidentModals.update(typed.view()));
            case RESOLVE -> Optional.of(IncidentModals.resolve(incident));
            case DECLINE -> Optional.of(IncidentModals.decline(incident));
            case FOLLOWUP -> Optional.of(IncidentModals.followup(incident));
            case POSTMORTEM -> Optional.of(postmortem(incident));
            default -> Optional.empty();
        };
    }

    /** The form for what was learned. */
    Map<String, Object> postmortem(Incident incident) {
        String body = desk.database().read(h -> desk.incidents().postmortem(h, incident.id()));
        return LongText.parts(body).map(parts -> IncidentModals.postmortem(incident, parts))
                .orElseGet(() -> IncidentModals.postmortemTooLong(incident, body));
    }

    private Rendered done(Typed typed) {
        Incidents incidents = desk.incidents();
        IncidentId id = typed.id();
        Person person = typed.person();
        String plain = desk.authors().plain(typed.rest());
        return switch (typed.verb()) {
            case UPDATE -> said(incidents.update(id, person, update(plain)));
            case SEVERITY -> Severity.parse(plain).map(severity -> said(incidents.severity(id, person, severity)))
                    .orElseGet(words::severities);
            case STATUS -> IncidentState.Progress.parse(plain)
                    .map(progress -> said(incidents.status(id, person, progress)))
                    .orElseGet(() -> words.use(typed.verb(), "Choose one of " + IncidentAnswers.statuses() + "."));
            case LEAD, SCRIBE, LIAISON -> role(typed, IncidentRole.parse(typed.verb().word()).orElseThrow());
            case SERVICE -> entities.apply(plain).map(entity -> said(incidents.about(id, person, entity)))
                    .orElseGet(() -> words.use(typed.verb(), "Nothing in the catalog is called that."));
            case TIMELINE -> timeline(typed, plain);
            case ACTION, FOLLOWUP -> item(typed);
            case DONE, DROP -> ended(typed, plain);
            case PAGE -> plain.isEmpty()
                    ? words.use(typed.verb(), "Which team or service?")
                    : said(desk.seams().paging().page(id, person, plain));
            case LINK -> link(typed);
            case CHANGES -> changes(typed, plain);
            case SUMMARY -> IncidentAnswers.summary(typed.view());
            case SNOOZE -> snooze(typed, plain);
            case RESOLVE -> said(incidents.resolve(id, person, plain));
            case DECLINE -> said(incidents.decline(id, person, plain));
            case MERGE -> IncidentId.parse(plain).map(into -> said(incidents.merge(id, person, into)))
                    .orElseGet(() -> words.use(typed.verb(), "Into which one?"));
            case REOPEN -> said(incidents.reopen(id, person));
            case POSTMORTEM -> words.use(typed.verb(), "The postmortem is edited in its form.");
            case CLOSE -> said(incidents.close(id, person));
            case HELP -> words.help(Optional.of(typed.view().incident()));
        };
    }

    /** {@code what is so | what we do | what we need | next 30m}. */
    static Incidents.Update update(String text) {
        List<String> all = Arrays.stream(text.split("\\|", -1)).map(String::strip).toList();
        Optional<Duration> next = all.stream().map(NEXT::matcher).filter(Matcher::matches).findFirst()
                .flatMap(found -> Durations.parse(found.group(1).toLowerCase(Locale.ROOT)));
        List<String> parts = all.stream().filter(part -> !NEXT.matcher(part).matches()).toList();
        return new Incidents.Update(part(parts, 0), part(parts, 1),
                parts.stream().skip(2).collect(Collectors.joining(" | ")), next);
    }

    private static String part(List<String> parts, int index) {
        return index < parts.size() ? parts.get(index) : "";
    }

    private Rendered role(Typed typed, IncidentRole role) {
        if (typed.rest().isEmpty()) {
            return words.use(typed.verb(), "Who?");
        }
        return mentions.find(typed.rest(), typed.person())
                .map(holder -> said(desk.incidents().role(typed.id(), typed.person(), role, holder)))
                .orElseGet(() -> words.use(typed.verb(), "Steward does not know who that is."));
    }

    private Rendered timeline(Typed typed, String plain) {
        if (plain.isEmpty() || plain.equalsIgnoreCase("all")) {
            return desk.timeline(typed.view().incident(), -1, !plain.isEmpty());
        }
        return said(note(typed.id(), typed.person(), plain));
    }

    /** Writes something down; {@code 10m ago ...} says when it was. */
    ActOutcome note(IncidentId id, Person person, String text) {
        Matcher ago = AGO.matcher(text);
        Optional<Duration> before = ago.matches()
                ? Durations.parse(ago.group(1).toLowerCase(Locale.ROOT))
                : Optional.empty();
        Optional<Instant> at = before.map(desk.clock().instant()::minus);
        return desk.incidents().note(id, person, at.isPresent() ? ago.group(2) : text, at);
    }

    private Rendered item(Typed typed) {
        ItemLine line = ItemLine.parse(typed.rest(), desk.clock().instant());
        String text = desk.authors().plain(line.text());
        if (text.isEmpty()) {
            return words.use(typed.verb(), "What is to be done?");
        }
        Optional<Person> owner = line.who().flatMap(who -> mentions.find(who, typed.person()));
        if (line.who().isPresent() && owner.isEmpty()) {
            return words.use(typed.verb(), "Steward does not know who that is.");
        }
        return said(desk.incidents().item(typed.id(), typed.person(), typed.verb() == IncidentVerb.FOLLOWUP, text,
                owner, line.due()));
    }

    private Rendered ended(Typed typed, String plain) {
        Matcher item = ITEM.matcher(plain);
        return item.matches()
                ? said(desk.incidents().itemEnded(Long.parseLong(item.group(1)), typed.person(),
                        typed.verb() == IncidentVerb.DONE))
                : words.use(typed.verb(), "Which one? The headline has their numbers.");
    }

    private Rendered link(Typed typed) {
        Matcher link = LINK.matcher(typed.rest());
        if (!link.find()) {
            return words.use(typed.verb(), "To what?");
        }
        String url = Optional.ofNullable(link.group(1)).orElseGet(() -> link.group(2)).replace("&amp;", "&");
        String title = desk.authors().plain(
                typed.rest().substring(0, link.start()) + typed.rest().substring(link.end())).strip();
        return said(desk.incidents().link(typed.id(), typed.person(), url, title.isEmpty() ? url : title));
    }

    private Rendered changes(Typed typed, String plain) {
        Optional<Duration> back = plain.isEmpty()
                ? Optional.of(DAY)
                : Durations.parse(plain.toLowerCase(Locale.ROOT)).filter(time -> time.toDays() <= 90);
        return back.map(time -> desk.changes(typed.view(), time))
                .orElseGet(() -> words.use(typed.verb(), "How far back? At most 90 days."));
    }

    private Rendered snooze(Typed typed, String plain) {
        Optional<Duration> delay = plain.isEmpty()
                ? Optional.of(SNOOZE)
                : Durations.parse(plain.toLowerCase(Locale.ROOT));
        return delay.map(time -> said(desk.incidents().snooze(typed.id(), typed.person(), time)))
                .orElseGet(() -> words.use(typed.verb(), "For how long?"));
    }

    private static Rendered said(ActOutcome outcome) {
        return IncidentDesk.said(outcome);
    }
}
