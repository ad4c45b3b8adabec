package dev.steward.bot.slack;

import dev.steward.access.Access;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.people.Directory;
import dev.steward.bot.slack.views.AccessAnswers;
import dev.steward.bot.slack.views.OwnerCard;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Owners;
import dev.steward.catalog.Ownership;
import dev.steward.catalog.Person;
import dev.steward.database.Database;
import dev.steward.definitions.Durations;
import dev.steward.definitions.Workflow;
import dev.steward.requests.AccessOffer;
import dev.steward.requests.ActOutcome;
import dev.steward.requests.RequestId;
import dev.steward.requests.Requests;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What {@code /access} does; all its answers are private. */
final class AccessCommands {
    private final Database database;
    private final Asking asking;
    private final Commands.Speaking speaking;
    private final AccessAnswers words;
    private final Opening opening;
    private final Forms forms;

    /** What there is to ask. */
    record Asking(Requests requests, Access access, Owners owners) {}

    AccessCommands(Database database, Asking asking, Commands.Speaking speaking, Opening opening, Forms forms) {
        this.database = database;
        this.asking = asking;
        this.speaking = speaking;
        this.words = new AccessAnswers(speaking.names());
        this.opening = opening;
        this.forms = forms;
    }

    /** Either the one offer there is, or what to say instead. */
    private sealed interface Look {
        record One(AccessOffer offer) implements Look {}

        record Words(Rendered said) implements Look {}
    }

    /** Does what was typed. */
    void run(CommandCall call, String text) {
        List<String> typed = Commands.words(text);
        List<String> rest = typed.stream().skip(1).toList();
        Consumer<Rendered> privately = message -> speaking.answers().to(call, message);
        switch (typed.isEmpty() ? "help" : typed.getFirst().toLowerCase(Locale.ROOT)) {
            case "help" -> as(call.user(), privately, this::help);
            case "mine" -> privately.accept(mine(call.user()));
            case "who" -> as(call.user(), privately, person -> who(rest));
            case "revoke" -> as(call.user(), privately, person -> revoke(person, rest));
            case "extend" -> as(call.user(), privately, person -> extend(person, rest));
            default -> open(call.user(), call.trigger(), typed, privately);
        }
    }

    /** A click on a button that asks for access. */
    void asked(Click click) {
        List<String> typed = Commands.words(click.value());
        Consumer<Rendered> privately = message -> speaking.answers().to(click, message);
        if (typed.isEmpty()) {
            as(click.user(), privately, this::help);
        } else {
            open(click.user(), click.trigger(), typed, privately);
        }
    }

    /** Whether the person may ask for access to that entity. */
    boolean offers(Handle handle, Person person, Entity entity) {
        return person.mayAct() && entity.live() && !asking.requests().accessTo(handle, person, entity).isEmpty();
    }

    /** What {@code /access help} says. */
    Rendered help(String user) {
        return as(user, this::help);
    }

    /** What {@code /access mine} says. */
    Rendered mine(String user) {
        return as(user, person -> words.mine(database.read(h -> asking.access().mine(h, person))));
    }

    /** What {@code /access who} says. */
    Rendered who(String user, String name) {
        return as(user, person -> who(List.of(name)));
    }

    private void as(String user, Consumer<Rendered> privately, Function<Person, Rendered> work) {
        privately.accept(as(user, work));
    }

    private Rendered as(String user, Function<Person, Rendered> work) {
        return switch (speaking.directory().find(user)) {
            case Directory.Lookup.Known(Person person) -> person.mayAct()
                    ? work.apply(person)
                    : speaking.words().notAMember(person);
            case Directory.Lookup.Nobody _ -> speaking.words().unknownPerson();
            case Directory.Lookup.Unclear _ -> speaking.words().unknownPerson();
        };
    }

    private Rendered help(Person person) {
        List<Workflow> all = database.read(h -> asking.requests().offered(h, person)).stream()
                .filter(workflow -> workflow.access().isPresent()).toList();
        return words.help(all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty());
    }

    private void open(String user, String trigger, List<String> typed, Consumer<Rendered> privately) {
        Optional<Person> known = speaking.directory().fresh(user);
        if (known.isPresent() && !known.get().mayAct()) {
            privately.accept(speaking.words().notAMember(known.get()));
            return;
        }
        Optional<Look> look = known.map(person -> look(person, typed));
        if (look.isPresent() && look.get() instanceof Look.Words(Rendered said)) {
            privately.accept(said);
        } else if (!opening.open(trigger, user, "Access", person -> modal(person, look.orElseGet(
                () -> look(person, typed)), typed))) {
            privately.accept(words.openAgain(typed));
        }
    }

    private Map<String, Object> modal(Person person, Look look, List<String> typed) {
        return switch (look) {
            case Look.One(AccessOffer offer) -> forms.begin(person, offer.workflow(), named(offer.entity(), typed));
            case Look.Words(Rendered said) -> Forms.notice("Access", said);
        };
    }

    private Look look(Person person, List<String> typed) {
        return database.read(h -> switch (asking.owners().ownership(h, typed.getFirst())) {
            case Ownership.Found found -> look(h, person, found, typed);
            case Ownership.TeamFound found -> new Look.Words(words.team(found.team()));
            case Ownership.Unknown unknown -> new Look.Words(OwnerCard.of(typed.getFirst(), unknown));
        });
    }

    private Look look(Handle handle, Person person, Ownership.Found found, List<String> typed) {
        Entity entity = found.entity();
        if (!entity.live()) {
            return new Look.Words(words.gone(entity));
        }
        List<AccessOffer> offers = asking.requests().accessTo(handle, person, entity);
        return switch (offers.size()) {
            case 0 -> new Look.Words(words.none(found));
            case 1 -> new Look.One(offers.getFirst());
            default -> new Look.Words(words.choose(entity, offers, named(entity, typed)));
        };
    }

    /** What was typed, with the entity by its name: it may have been found by a resource's id. */
    private static List<String> named(Entity entity, List<String> typed) {
        return Stream.concat(Stream.of(entity.name()), typed.stream().skip(1)).toList();
    }

    private Rendered who(List<String> rest) {
        if (rest.isEmpty()) {
            return words.whoseAccess();
        }
        return database.read(h -> switch (asking.owners().ownership(h, rest.getFirst())) {
            case Ownership.Found found -> words.who(found.entity(), asking.access().who(h, found.entity()));
            case Ownership.TeamFound found -> words.team(found.team());
            case Ownership.Unknown unknown -> OwnerCard.of(rest.getFirst(), unknown);
        });
    }

    private Rendered revoke(Person person, List<String> rest) {
        return act(rest, "revoke REQ-42", person, asking.requests()::endLease);
    }

    private Rendered extend(Person person, List<String> rest) {
        String typed = rest.stream().skip(1).findFirst().orElse("");
        Optional<Duration> more = Durations.parse(typed.toLowerCase(Locale.ROOT));
        if (!typed.isEmpty() && more.isEmpty()) {
            return words.noDuration(typed);
        }
        return act(more.isPresent() ? rest : List.of(), "extend REQ-42 8h", person,
                (id, who) -> asking.requests().extendLease(id, who, more.orElseThrow()));
    }

    private Rendered act(List<String> rest, String form, Person person,
            BiFunction<RequestId, Person, ActOutcome> deed) {
        return rest.stream().findFirst().flatMap(AccessCommands::request)
                .map(id -> said(deed.apply(id, person))).orElseGet(() -> words.whichRequest(form));
    }

    private static Optional<RequestId> request(String typed) {
        String name = typed.toUpperCase(Locale.ROOT);
        return RequestId.parse(name.startsWith("REQ-") ? name : "REQ-" + name);
    }

    private static Rendered said(ActOutcome outcome) {
        return Rendered.paragraph(Mrkdwn.text(switch (outcome) {
            case ActOutcome.Done(String message) -> message;
            case ActOutcome.Refused(String why) -> why;
        }, 2000));
    }
}
