package dev.steward.bot.slack;

import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.people.Directory;
import dev.steward.bot.slack.views.CommandAnswers;
import dev.steward.bot.slack.views.CommandNames;
import dev.steward.bot.slack.views.OwnerCard;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Owners;
import dev.steward.catalog.Ownership;
import dev.steward.catalog.Person;
import dev.steward.database.Database;
import dev.steward.definitions.Workflow;
import dev.steward.requests.ChangeForm;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** What the slash commands do, and what is answered to questions in words; runs after they were acknowledged. */
final class Commands {
    private final Database database;
    private final Workflows workflows;
    private final Owners owners;
    private final Speaking speaking;
    private final Opening opening;
    private final Forms forms;
    private final AccessCommands access;
    private final IncidentRoutes incidents;
    private final OnCallCommands onCall;

    /**
     * How the commands speak.
     *
     * @param directory
     *            knows who somebody is
     */
    record Speaking(CommandNames names, CommandAnswers words, Answers answers, Directory directory) {}

    /** What the commands open. */
    record Screens(Opening opening, Forms forms) {}

    /** The commands that have a class of their own. */
    record Others(AccessCommands access, IncidentRoutes incidents, OnCallCommands onCall) {}

    Commands(Database database, Workflows workflows, Owners owners, Speaking speaking, Screens screens,
            Others others) {
        this.database = database;
        this.workflows = workflows;
        this.owners = owners;
        this.speaking = speaking;
        this.opening = screens.opening();
        this.forms = screens.forms();
        this.access = others.access();
        this.incidents = others.incidents();
        this.onCall = others.onCall();
    }

    /** Does what was typed. */
    void run(CommandCall call) {
        run(call, speaking.names().plain(call.command()), call.text());
    }

    private void run(CommandCall call, String command, String text) {
        switch (command) {
            case "request" -> request(call.user(), call.trigger(), text, message -> answer(call, message));
            case "owner" -> answer(call, owner(call.user(), text));
            case "access" -> access.run(call, text);
            case "incident" -> incidents.command(call, text);
            case "oncall" -> onCall.run(call, text);
            case "steward" -> steward(call, text);
            default -> answer(call, speaking.words().help());
        }
    }

    private void steward(CommandCall call, String text) {
        List<String> words = words(text);
        String first = words.isEmpty() ? "help" : words.getFirst();
        switch (first) {
            case "help" -> answer(call, speaking.words().help());
            case "request", "owner", "access", "incident", "oncall" ->
                run(call, first, text.substring(first.length()).strip());
            default -> answer(call, speaking.words().unknownWord(first));
        }
    }

    /** What to say to a question in words: what the command says, for which nothing has to be opened. */
    Rendered answer(String user, Question question) {
        return switch (question) {
            case Question.Owner(String name) -> owner(user, meant(name));
            case Question.OnCall(String name) -> onCall.who(user, meant(name));
            case Question.WhoHas(String name) -> access.who(user, meant(name));
            case Question.MyAccess _ -> access.mine(user);
            case Question.Access _ -> access.help(user);
            case Question.Change _ -> speaking.words().changeOfWhat();
            case Question.Wishes _ -> list(user);
            case Question.Incident(String title) -> as(user, person -> incidents.howToDeclare(title));
            case Question.Help _ -> speaking.words().spokenHelp();
            case Question.Words(String text) -> named(user, text);
        };
    }

    /** The first of the names that there is something of; if there is nothing, the barest. */
    private String meant(String part) {
        List<String> names = Wording.names(part);
        return database.read(h -> names.stream()
                .filter(name -> !(owners.ownership(h, name) instanceof Ownership.Unknown)).findFirst())
                .orElseGet(names::getLast);
    }

    private Rendered named(String user, String text) {
        if (Wording.names(text).stream().anyMatch(name -> workflows.named(name).isPresent())) {
            return list(user);
        }
        String name = meant(text);
        boolean known = database.read(h -> owners.ownership(h, name) instanceof Ownership.Unknown(List<String> like)
                ? words(text).size() == 1 && !like.isEmpty()
                : true);
        return known ? owner(user, name) : speaking.words().notUnderstood();
    }

    private Rendered owner(String user, String name) {
        return name.isBlank()
                ? speaking.words().ownerOfWhat()
                : database.read(h -> {
                    Ownership ownership = owners.ownership(h, name);
                    return OwnerCard.of(name, ownership, speaking.directory().remembered(user)
                            .filter(Person::mayAct).map(person -> reader(h, ownership, person))
                            .orElse(OwnerCard.Reader.NOBODY),
                            ownership instanceof Ownership.Found it ? onCall.line(h, it.entity()) : Mrkdwn.EMPTY);
                });
    }

    private OwnerCard.Reader reader(Handle handle, Ownership ownership, Person person) {
        return ownership instanceof Ownership.Found found
                ? new OwnerCard.Reader(access.offers(handle, person, found.entity()), found.entity().live(),
                        incidents.on(handle, person, found.entity().id()),
                        forms.changeable(handle, person, found.entity()))
                : OwnerCard.Reader.NOBODY;
    }

    /** A click on a button that opens a form. */
    void openForm(Click click) {
        request(click.user(), click.trigger(), click.value(), message -> speaking.answers().to(click, message));
    }

    private void request(String user, String trigger, String text, Consumer<Rendered> privately) {
        List<String> words = words(text);
        if (words.isEmpty()) {
            privately.accept(list(user));
            return;
        }
        Optional<Workflow> workflow = workflows.named(words.getFirst());
        if (workflow.isEmpty() && words.getFirst().equals(CommandAnswers.CHANGE)) {
            change(user, trigger, words.subList(1, words.size()), privately);
            return;
        }
        if (workflow.isEmpty()) {
            privately.accept(speaking.words().unknownWorkflow(words.getFirst(), workflows.like(words.getFirst())));
            return;
        }
        open(user, trigger, workflow.get(), words, privately);
    }

    private void open(String user, String trigger, Workflow workflow, List<String> words,
            Consumer<Rendered> privately) {
        Optional<Person> known = speaking.directory().fresh(user);
        if (known.isPresent() && !known.get().mayAct()) {
            privately.accept(speaking.words().notAMember(known.get()));
        } else if (known.isPresent() && !permits(workflow, known.get())) {
            privately.accept(speaking.words().notAllowed(workflow));
        } else if (!opening.open(trigger, user, workflow.title(), person -> permits(workflow, person)
                ? forms.begin(person, workflow, words.subList(1, words.size()))
                : Forms.notice("Not for you", speaking.words().notAllowed(workflow)))) {
            privately.accept(speaking.words().openAgain(workflow, String.join(" ", words)));
        }
    }

    private void change(String user, String trigger, List<String> words, Consumer<Rendered> privately) {
        if (words.isEmpty()) {
            privately.accept(speaking.words().changeOfWhat());
            return;
        }
        String all = String.join(" ", words);
        Ownership first = database.read(h -> owners.ownership(h, words.getFirst()));
        boolean one = words.size() == 1 || !(first instanceof Ownership.Unknown);
        String name = one ? words.getFirst() : all;
        switch (one ? first : database.read(h -> owners.ownership(h, all))) {
            case Ownership.Found found -> change(user, trigger,
                    new Wanted(found.entity(), one ? words.subList(1, words.size()) : List.of()), privately);
            case Ownership.TeamFound team -> privately.accept(speaking.words().teamsDoNotChange(team.team()));
            case Ownership.Unknown unknown -> privately.accept(OwnerCard.of(name, unknown));
        }
    }

    /** What is to be changed, and the words that say how. */
    private record Wanted(Entity entity, List<String> words) {}

    private void change(String user, String trigger, Wanted wanted, Consumer<Rendered> privately) {
        Entity entity = wanted.entity();
        Optional<Person> known = speaking.directory().fresh(user);
        Optional<ChangeForm> form = known.map(person -> forms.changeable(person, entity));
        if (known.isPresent() && !known.get().mayAct()) {
            privately.accept(speaking.words().notAMember(known.get()));
        } else if (form.isPresent() && form.get() instanceof ChangeForm.Refused refused) {
            privately.accept(CommandAnswers.unchangeable(refused));
        } else if (!opening.open(trigger, user, "Change " + entity.name(),
                person -> switch (forms.changeable(person, entity)) {
                    case ChangeForm.Open open -> forms.change(person, open, wanted.words());
                    case ChangeForm.Refused refused -> Forms.notice("Not possible",
                            CommandAnswers.unchangeable(refused));
                })) {
            privately.accept(CommandAnswers.openChangeAgain(entity.name(), wanted.words()));
        }
    }

    private Rendered list(String user) {
        return as(user, person -> speaking.words().workflows(
                workflows.all().stream().filter(workflow -> permits(workflow, person)).toList()));
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

    private boolean permits(Workflow workflow, Person person) {
        return database.read(h -> workflows.permits(h, workflow, person));
    }

    private void answer(CommandCall call, Rendered message) {
        speaking.answers().to(call, message);
    }

    /** The words of a text. */
    static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+", -1)).filter(word -> !word.isEmpty()).toList();
    }
}
