package dev.steward.bot.slack;

import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.views.IncidentAnswers;
import dev.steward.bot.slack.views.IncidentModals;
import dev.steward.bot.slack.views.IncidentVerb;
import dev.steward.catalog.Person;
import dev.steward.incidents.Incident;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.IncidentView;
import dev.steward.incidents.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What {@code /incident} does: in an incident's channel, or after its number, the verbs of {@link IncidentVerb}; anything
 * else declares one. All its answers are private.
 */
final class IncidentCommands {
    private final IncidentDesk desk;
    private final IncidentAnswers words;
    private final Answers answers;
    private final Opening opening;
    private final IncidentDeeds deeds;

    IncidentCommands(IncidentDesk desk, IncidentAnswers words, Answers answers, Opening opening,
            IncidentDeeds deeds) {
        this.desk = desk;
        this.words = words;
        this.answers = answers;
        this.opening = opening;
        this.deeds = deeds;
    }

    /** Does what was typed. */
    void run(CommandCall call, String text) {
        List<String> typed = Commands.words(text);
        Optional<Incident> here = desk.inChannel(call.channel());
        Optional<IncidentId> named = typed.stream().findFirst().flatMap(IncidentCommands::number);
        if (named.isPresent()) {
            inside(call, named.get(), after(text, typed.getFirst()));
        } else if (typed.isEmpty() && here.isPresent()) {
            privately(call).accept(words.help(here));
        } else if (here.isPresent()) {
            inside(call, here.get().id(), text);
        } else {
            outside(call, typed, text);
        }
    }

    private static Optional<IncidentId> number(String word) {
        return word.toUpperCase(Locale.ROOT).startsWith("INC-") ? IncidentId.parse(word) : Optional.empty();
    }

    static String after(String text, String word) {
        return text.strip().substring(word.length()).strip();
    }

    private void outside(CommandCall call, List<String> typed, String text) {
        Optional<IncidentVerb> verb = typed.stream().findFirst().flatMap(IncidentVerb::parse);
        if (verb.filter(v -> v == IncidentVerb.HELP).isPresent()) {
            privately(call).accept(words.help(Optional.empty()));
        } else if (verb.isPresent()) {
            privately(call).accept(words.whichIncident(verb.get(), desk.authors().plain(text)));
        } else {
            declare(call.user(), call.trigger(), filled(desk.authors().plain(text)), privately(call));
        }
    }

    /** {@code SEV-1 checkout errors}: how bad, and what. */
    static IncidentModals.Prefill filled(String text) {
        List<String> typed = Commands.words(text);
        Optional<Severity> severity = typed.stream().findFirst()
                .filter(word -> word.toUpperCase(Locale.ROOT).startsWith("SEV")).flatMap(Severity::parse);
        String title = severity.isPresent() ? after(text, typed.getFirst()) : text.strip();
        return new IncidentModals.Prefill(title, severity, Optional.empty(), Optional.empty(), "");
    }

    /** Opens the form that declares. */
    void declare(String user, String trigger, IncidentModals.Prefill filled, Consumer<Rendered> privately) {
        if (!opening.open(trigger, user, "Declare an incident", person -> IncidentModals.declare(filled))) {
            privately.accept(words.openAgain(filled.title()));
        }
    }

    private void inside(CommandCall call, IncidentId id, String text) {
        List<String> typed = Commands.words(text);
        String word = typed.isEmpty() ? IncidentVerb.SUMMARY.word() : typed.getFirst();
        Optional<IncidentVerb> verb = IncidentVerb.parse(word);
        Consumer<Rendered> privately = privately(call);
        if (verb.isEmpty()) {
            privately.accept(words.unknownVerb(word, desk.authors().plain(text), IncidentVerb.nearest(word)));
            return;
        }
        String rest = typed.isEmpty() ? "" : after(text, word);
        desk.as(call.user(), privately, person -> inside(call, id, verb.get(), rest, person));
    }

    private void inside(CommandCall call, IncidentId id, IncidentVerb verb, String rest, Person person) {
        Optional<IncidentView> view = desk.view(id, person);
        if (view.isEmpty()) {
            privately(call).accept(words.noSuch(id));
        } else if (verb == IncidentVerb.HELP) {
            privately(call).accept(words.help(view.map(IncidentView::incident)));
        } else {
            deeds.carryOut(new IncidentDeeds.Typed(call, person, view.get(), verb, rest), privately(call));
        }
    }

    private Consumer<Rendered> privately(CommandCall call) {
        return message -> answers.to(call, message);
    }
}
