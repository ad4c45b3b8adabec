package dev.steward.bot.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.people.Directory;
import dev.steward.bot.slack.views.IncidentModals;
import dev.steward.bot.slack.views.ShortAnswers;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.database.Json;
import dev.steward.definitions.Durations;
import dev.steward.incidents.Declaration;
import dev.steward.incidents.Declaration.Origin;
import dev.steward.incidents.DeclareOutcome;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.IncidentRole;
import dev.steward.incidents.Incidents;
import dev.steward.incidents.Severity;
import dev.steward.jobs.Job;
import dev.steward.jobs.Jobs;
import dev.steward.requests.ActOutcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What the forms of incidents do when they are sent in: from the database alone, so that Slack is answered at once. */
final class IncidentForms {
    private static final String LEAD_LATER = "slack.incident-lead";
    /** Slack's limit for what comes back with a form is 3,000. */
    private static final int METADATA_MAX = 2900;

    private final IncidentDesk desk;
    private final Jobs jobs;
    private final IncidentDeeds deeds;
    private final IncidentCommands commands;
    private final Function<String, Optional<Entity>> entities;
    private final Answers answers;

    IncidentForms(IncidentDesk desk, Jobs jobs, IncidentDeeds deeds, IncidentCommands commands,
            Function<String, Optional<Entity>> entities, Answers answers) {
        this.desk = desk;
        this.jobs = jobs;
        this.deeds = deeds;
        this.commands = commands;
        this.entities = entities;
        this.answers = answers;
    }

    Map<String, Function<Submission, Map<String, Object>>> submissions() {
        Map<String, Function<Submission, Map<String, Object>>> all = new HashMap<>();
        all.put(IncidentModals.DECLARE, this::declared);
        all.put(IncidentModals.UPDATE, act(IncidentModals.CONDITIONS, this::update));
        all.put(IncidentModals.RESOLVE, act(IncidentModals.WORDS,
                (about, person) -> desk.incidents().resolve(about.incident(), person, about.words())));
        all.put(IncidentModals.DECLINE, act(IncidentModals.WORDS,
                (about, person) -> desk.incidents().decline(about.incident(), person, about.words())));
        all.put(IncidentModals.NOTE, act(IncidentModals.WORDS,
                (about, person) -> deeds.note(about.incident(), person, about.words())));
        all.put(IncidentModals.FOLLOWUP, act(IncidentModals.WORDS, this::followup));
        all.put(IncidentModals.AMEND, act(IncidentModals.WORDS, (about, person) -> desk.incidents()
                .amend(about.incident(), person, about.second(), about.words())));
        all.put(IncidentModals.POSTMORTEM, act(IncidentModals.PART + 0, (about, person) -> desk.incidents()
                .postmortem(about.incident(), person, LongText.joined(about.parts()))));
        return Map.copyOf(all);
    }

    Map<String, Consumer<Shortcut>> shortcuts() {
        return Map.of("declare_incident",
                shortcut -> declare(shortcut, IncidentModals.Prefill.title("")),
                "declare_incident_message", shortcut -> declare(shortcut, shortcut.message().map(this::onMessage)
                        .orElseGet(() -> IncidentModals.Prefill.title(""))));
    }

    Map<String, Job.Handler> handlers() {
        return Map.of(LEAD_LATER, this::leadLater);
    }

    private void declare(Shortcut shortcut, IncidentModals.Prefill filled) {
        commands.declare(shortcut.user(), shortcut.trigger(), filled, message -> answers.to(shortcut, message));
    }

    /** The message's first line is what is wrong, until somebody says it better. */
    private IncidentModals.Prefill onMessage(Shortcut.On message) {
        String said = desk.authors().plain(message.text()).strip();
        String title = said.lines().findFirst().orElse("");
        return new IncidentModals.Prefill(title, Optional.empty(), Optional.empty(),
                Optional.of(said).filter(text -> !text.isEmpty()), metadata(message, said));
    }

    private static String metadata(Shortcut.On message, String said) {
        String whole = metadata(message, said, 2000);
        return whole.length() <= METADATA_MAX ? whole : metadata(message, said, 350);
    }

    private static String metadata(Shortcut.On message, String said, int max) {
        return Json.text(Map.of("channel", message.channel(), "ts", message.ts(), "author", message.author(), "text",
                Mrkdwn.cut(said, max)));
    }

    private static Origin origin(String metadata) {
        if (metadata.isBlank()) {
            return new Origin.Command();
        }
        JsonNode message = Json.tree(metadata);
        if (message.has("alerts")) {
            return new Origin.Alerts(message.path("alerts").asLong());
        }
        if (message.has("run")) {
            return new Origin.Run(message.path("run").asLong());
        }
        return new Origin.Message(message.path("channel").asText(), message.path("ts").asText(),
                message.path("author").asText(), message.path("text").asText());
    }

    private Map<String, Object> declared(Submission submission) {
        OpenView view = submission.view();
        Optional<Person> person = desk.directory().remembered(submission.user()).filter(Person::mayAct);
        Optional<Severity> severity = Severity.parse(view.text(IncidentModals.SEVERITY));
        String name = view.text(IncidentModals.ENTITY);
        Optional<Entity> entity = name.isEmpty() ? Optional.empty() : entities.apply(name);
        if (person.isEmpty()) {
            return error(IncidentModals.TITLE, "Only members of this workspace declare incidents.");
        }
        if (severity.isEmpty()) {
            return error(IncidentModals.SEVERITY, "Choose one. Unsure: the higher.");
        }
        if (!name.isEmpty() && entity.isEmpty()) {
            return error(IncidentModals.ENTITY, "It is not in the catalog any more. Leave this empty.");
        }
        String lead = view.text(IncidentModals.LEAD);
        var details = new Declaration.Details(entity.map(Entity::id), view.text(IncidentModals.SUMMARY).strip(),
                view.answers().containsKey(IncidentModals.PRIVATE),
                lead.isEmpty() ? Optional.empty() : desk.directory().remembered(lead),
                origin(view.metadata()) instanceof Origin.Run);
        return answered(desk.incidents().declare(new Declaration(view.text(IncidentModals.TITLE).strip(),
                severity.get(), details, person.get(), origin(view.metadata()), "view:" + view.id())), lead,
                details.lead().isEmpty() ? person : Optional.empty());
    }

    /**
     * @param asking
     *            who named a lead whom nobody knows yet
     */
    private Map<String, Object> answered(DeclareOutcome outcome, String lead, Optional<Person> asking) {
        return switch (outcome) {
            case DeclareOutcome.Declared declared -> {
                asking.filter(person -> !lead.isEmpty())
                        .ifPresent(person -> later(declared.incident().id(), lead, person));
                yield shown(IncidentModals.declared(declared.incident(), declared.alike(),
                        desk.words().names()));
            }
            case DeclareOutcome.Already already -> shown(IncidentModals.declared(already.incident(), List.of(),
                    desk.words().names()));
            case DeclareOutcome.Refused refused -> error(
                    refused.field().isEmpty() ? IncidentModals.TITLE : refused.field(), refused.why());
        };
    }

    private void later(IncidentId incident, String user, Person asking) {
        desk.database().writing(h -> jobs.enqueue(h, Job.Order.now(LEAD_LATER + ":" + incident.value(), LEAD_LATER,
                Map.of("incident", incident.value(), "user", user, "by", asking.slack().orElseThrow().user()),
                Job.Lane.GENERAL)));
    }

    /** Slack has to be asked who the lead is, which takes longer than a form may. */
    private Job.Outcome leadLater(Job job) {
        IncidentId incident = new IncidentId(job.args().path("incident").asLong());
        return switch (desk.directory().find(job.args().path("user").asText())) {
            case Directory.Lookup.Known(Person lead) -> {
                desk.directory().remembered(job.args().path("by").asText())
                        .ifPresent(by -> desk.incidents().role(incident, by, IncidentRole.LEAD, lead));
                yield Job.Outcome.DONE;
            }
            case Directory.Lookup.Nobody _ -> Job.Outcome.DONE;
            case Directory.Lookup.Unclear unclear -> new Job.Outcome.Again(unclear.retryAfter());
        };
    }

    private ActOutcome update(About about, Person person) {
        OpenView view = about.view();
        return desk.incidents().update(about.incident(), person, new Incidents.Update(
                view.text(IncidentModals.CONDITIONS).strip(), view.text(IncidentModals.ACTIONS).strip(),
                view.text(IncidentModals.NEEDS).strip(), Durations.parse(view.text(IncidentModals.NEXT))));
    }

    private ActOutcome followup(About about, Person person) {
        String owner = about.view().text(IncidentModals.OWNER);
        Optional<Person> who = owner.isEmpty() ? Optional.empty() : desk.directory().remembered(owner);
        if (!owner.isEmpty() && who.isEmpty()) {
            return new ActOutcome.Refused("Steward does not know that person yet. Leave \"By whom\" empty, or type it: "
                    + "/incident followup @name ...");
        }
        Optional<Instant> due = ItemLine.day(about.view().text(IncidentModals.DUE), desk.clock().instant());
        return desk.incidents().item(about.incident(), person, true, about.words(), who, due);
    }

    /** A form about an incident, as somebody sent it in. */
    private record About(IncidentId incident, long second, OpenView view) {
        static Optional<About> of(OpenView view) {
            String[] parts = view.metadata().split(":", 2);
            boolean numbers = parts[0].matches("[1-9]\\d{0,17}")
                    && (parts.length == 1 || parts[1].matches("[1-9]\\d{0,17}"));
            return numbers
                    ? Optional.of(new About(new IncidentId(Long.parseLong(parts[0])),
                            parts.length == 1 ? 0 : Long.parseLong(parts[1]), view))
                    : Optional.empty();
        }

        String words() {
            return view.text(IncidentModals.WORDS).strip();
        }

        /** The pieces of a long text; one that was emptied is empty. */
        List<String> parts() {
            int last = view.answers().keySet().stream().filter(block -> block.startsWith(IncidentModals.PART))
                    .mapToInt(block -> Integer.parseInt(block.substring(IncidentModals.PART.length()))).max().orElse(0);
            return IntStream.rangeClosed(0, last).mapToObj(part -> view.text(IncidentModals.PART + part)).toList();
        }
    }

    private Function<Submission, Map<String, Object>> act(String field, BiFunction<About, Person, ActOutcome> deed) {
        return submission -> {
            Optional<About> about = About.of(submission.view());
            Optional<Person> person = desk.directory().remembered(submission.user()).filter(Person::mayAct);
            if (about.isEmpty() || person.isEmpty()) {
                return shown(Forms.notice("Not possible", ShortAnswers.unreadableButton()));
            }
            return switch (deed.apply(about.get(), person.get())) {
                case ActOutcome.Done _ -> Map.of();
                case ActOutcome.Refused(String why) -> error(field, why);
            };
        };
    }

    private static Map<String, Object> error(String field, String why) {
        return Map.of("response_action", "errors", "errors", Map.of(field, why));
    }

    private static Map<String, Object> shown(Map<String, Object> view) {
        return Map.of("response_action", "update", "view", view);
    }
}
