package dev.steward.bot.slack;

import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.people.Directory;
import dev.steward.bot.slack.views.FormModal;
import dev.steward.bot.slack.views.Modals;
import dev.steward.bot.slack.views.ShortAnswers;
import dev.steward.bot.slack.web.SlackAnswer;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.database.Database;
import dev.steward.definitions.Answers;
import dev.steward.definitions.FieldError;
import dev.steward.definitions.Workflow;
import dev.steward.requests.ChangeForm;
import dev.steward.incidents.ItemRequests;
import dev.steward.requests.Drafts;
import dev.steward.requests.RequestId;
import dev.steward.requests.RequestView;
import dev.steward.requests.Requests;
import dev.steward.requests.SubmitOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Leads a person through a workflow's form: page by page, back to what has to be corrected, and in. */
final class Forms {
    /** With the hash of what is seen, a second update that came after a first one is refused, and does no harm. */
    private static final int MOST_UPDATES = 3;
    private static final Map<String, Object> CLOSE_ALL = Map.of("response_action", "clear");

    private final Database database;
    private final Requests requests;
    private final Directory directory;
    private final Workflows workflows;
    private final Screen screen;

    /**
     * Where forms are shown.
     *
     * @param delayed
     *            whether what Steward says in a channel comes late at the moment
     * @param followups
     *            what some of the forms are opened for
     */
    record Screen(SlackApi api, Predicate<String> delayed, ItemRequests followups) {}

    Forms(Database database, Requests requests, Directory directory, Workflows workflows, Screen screen) {
        this.database = database;
        this.requests = requests;
        this.directory = directory;
        this.workflows = workflows;
        this.screen = screen;
    }

    /** A form as one person has it open. */
    private record Open(Person person, Workflow workflow, Drafts.Draft draft, FormModal modal, int page) {}

    /** The first page of an empty form, or of one filled from the words after the command. */
    Map<String, Object> begin(Person person, Workflow workflow, List<String> words) {
        var prefilled = requests.form(workflow, person).prefill(words).answers();
        Drafts.Draft draft = database
                .write(h -> requests.drafts().begin(h, person, workflow.name(), Optional.empty(), prefilled));
        return modal(person, workflow, draft).page(0, draft.answers(), Map.of());
    }

    /** Whether that person can change what is there, and from which answers. */
    ChangeForm changeable(Person person, Entity entity) {
        return database.read(h -> requests.changeForm(h, entity, person));
    }

    /** The request whose answers hold for what is there, if that person can change it. */
    Optional<RequestId> changeable(Handle handle, Person person, Entity entity) {
        return requests.changeable(handle, entity, person);
    }

    /** The form of what is there, to be changed, with what the words after the command say to its fields. */
    Map<String, Object> change(Person person, ChangeForm.Open change, List<String> words) {
        ChangeForm.Open wanted = change.with(requests.form(change.workflow(), person, Optional.of(change.current()))
                .prefill(words, change.answers(), requests.kept(change.workflow())).answers());
        Drafts.Draft draft = database.write(h -> requests.drafts().begin(h, person, wanted));
        return modal(person, change.workflow(), draft).page(0, draft.answers(), Map.of());
    }

    /**
     * What a request is made of.
     *
     * @param service
     *            by name
     * @param text
     *            for a field that takes any; may be empty
     */
    record Followup(long item, Optional<String> service, String text) {}

    /** The form for what a follow-up needs, which notes the request that it becomes. */
    Map<String, Object> followup(Person person, Workflow workflow, Followup followup) {
        var filled = requests.form(workflow, person).about(followup.service(), followup.text());
        Drafts.Draft draft = database.write(h -> {
            Drafts.Draft begun = requests.drafts().begin(h, person, workflow.name(), Optional.empty(), filled);
            screen.followups().begin(h, followup.item(), key(begun.id()));
            return begun;
        });
        return modal(person, workflow, draft).page(0, draft.answers(), Map.of());
    }

    /** The form of a request whose plan failed, with its answers and what is wrong with them. */
    Map<String, Object> mend(Person person, Workflow workflow, RequestId request, Map<String, String> errors) {
        Drafts.Draft draft = database.write(h -> requests.drafts().begin(h, person, workflow.name(),
                Optional.of(request), requests.answers(h, request)));
        return modal(person, workflow, draft).page(firstWith(workflow, errors), draft.answers(), errors);
    }

    /** The form for a new request, with what the answers of an earlier one say to its fields. */
    Map<String, Object> again(Person person, Workflow workflow, RequestId before) {
        Map<String, Object> answers = new LinkedHashMap<>(database.read(h -> requests.answers(h, before)));
        answers.keySet().removeIf(field -> workflow.field(field).isEmpty());
        Drafts.Draft draft = database
                .write(h -> requests.drafts().begin(h, person, workflow.name(), Optional.empty(), answers));
        return modal(person, workflow, draft).page(0, draft.answers(), Map.of());
    }

    /** A field that others depend on was changed: the page is shown anew, with what was entered. */
    void changed(Click click) {
        click.view().flatMap(view -> open(click.user(), view)).ifPresent(open -> {
            Drafts.Draft draft = kept(open, click.view().get());
            update(click.view().get(), open.modal().page(open.page(), draft.answers(), Map.of()));
        });
    }

    /** Back to the page before; what was entered on this one is kept. */
    void back(Click click) {
        click.view().flatMap(view -> open(click.user(), view)).ifPresent(open -> {
            Drafts.Draft draft = kept(open, click.view().get());
            int before = open.modal().before(open.page(), open.modal().filled(draft.answers()));
            update(click.view().get(), open.modal().page(before, draft.answers(), Map.of()));
        });
    }

    /** A page was submitted: the next one, what has to be corrected, or the end. */
    Map<String, Object> submitted(Submission submission) {
        Optional<RequestView> taken = taken(submission);
        if (taken.isPresent()) {
            return updated(ShortAnswers.submittedAlready(taken.get().id()));
        }
        Optional<Open> found = open(submission.user(), submission.view());
        if (found.isEmpty()) {
            return updated(ShortAnswers.formGone());
        }
        Open open = found.get();
        Drafts.Draft draft = kept(open, submission.view());
        Answers checked = requests.form(open.workflow(), open.person(), draft.about())
                .checkPage(open.page(), draft.answers());
        if (checked instanceof Answers.Rejected rejected) {
            return corrections(open, draft, rejected.errors());
        }
        return open.modal().next(open.page(), open.modal().filled(draft.answers()))
                .map(next -> updated(open.modal().page(next, draft.answers(), Map.of())))
                .orElseGet(() -> submit(open, draft));
    }

    /** The request that this form has become already: Slack or the person did not hear of it the first time. */
    private Optional<RequestView> taken(Submission submission) {
        String key = key(FormModal.Metadata.parse(submission.view().metadata()).draft());
        return directory.remembered(submission.user())
                .flatMap(person -> database.read(h -> requests.submitted(h, key))
                        .filter(request -> request.requester().id() == person.id()));
    }

    /** What tells a submission of this draft from others. */
    private static String key(String draft) {
        return "draft:" + draft;
    }

    private Map<String, Object> submit(Open open, Drafts.Draft draft) {
        return switch (sentIn(open, draft)) {
            case SubmitOutcome.Accepted accepted -> {
                database.writing(h -> requests.drafts().drop(h, draft));
                yield screen.delayed().test(accepted.channel())
                        ? updated(ShortAnswers.storedAndLate(accepted.id(), accepted.channel()))
                        : CLOSE_ALL;
            }
            case SubmitOutcome.Invalid(List<FieldError> errors) -> corrections(open, draft, errors);
            case SubmitOutcome.Refused(String why) -> updated(ShortAnswers.notSubmitted(why));
        };
    }

    private SubmitOutcome sentIn(Open open, Drafts.Draft draft) {
        String key = key(draft.id());
        return draft.request().map(request -> requests.resubmit(request, open.person(), draft.answers(), key))
                .or(() -> draft.changes()
                        .map(current -> requests.change(current, open.person(), draft.answers(), key)))
                .orElseGet(() -> requests.submit(new Requests.Submission(open.workflow().name(), open.person(),
                        draft.answers(), key), screen.followups().purpose(key)));
    }

    /** Errors of fields that the person sees go beneath them; others lead to the page that has the first of them. */
    private Map<String, Object> corrections(Open open, Drafts.Draft draft, List<FieldError> errors) {
        Map<String, String> byField = new LinkedHashMap<>();
        errors.forEach(error -> byField.putIfAbsent(error.field(), error.message()));
        boolean allSeen = byField.keySet().stream().allMatch(field -> open.workflow().pages().get(open.page())
                .fields().stream().anyMatch(f -> f.name().equals(field)) && seen(open, field));
        if (allSeen) {
            return Map.of("response_action", "errors", "errors", byField);
        }
        return updated(open.modal().page(firstWith(open.workflow(), byField), draft.answers(), byField));
    }

    private static boolean seen(Open open, String field) {
        return open.modal().shows(open.page(), open.draft().answers(), field);
    }

    private static int firstWith(Workflow workflow, Map<String, String> errors) {
        for (int page = 0; page < workflow.pages().size(); page++) {
            if (workflow.pages().get(page).fields().stream().anyMatch(f -> errors.containsKey(f.name()))) {
                return page;
            }
        }
        return 0;
    }

    private Optional<Open> open(String user, OpenView view) {
        FormModal.Metadata metadata = FormModal.Metadata.parse(view.metadata());
        return directory.remembered(user).flatMap(person -> database
                .read(h -> requests.drafts().find(h, person, metadata.draft()))
                .flatMap(draft -> workflows.named(draft.workflow()).map(workflow -> new Open(person, workflow, draft,
                        modal(person, workflow, draft), Math.min(metadata.page(), workflow.pages().size() - 1)))));
    }

    private Drafts.Draft kept(Open open, OpenView view) {
        Map<String, Object> entered = open.modal().entered(open.page(), open.draft().answers(), view.answers());
        return database.write(h -> requests.drafts().merge(h, open.draft(), entered));
    }

    private FormModal modal(Person person, Workflow workflow, Drafts.Draft draft) {
        Optional<FormModal.Changed> changed = draft.about()
                .flatMap(about -> database.read(h -> requests.find(h, about)))
                .filter(request -> draft.changes().isPresent() || request.changes())
                .map(request -> new FormModal.Changed(request.subject(), requests.kept(workflow)));
        return new FormModal(workflow, requests.form(workflow, person, draft.about()), draft.id(), changed);
    }

    /** Somebody who typed on meanwhile has a newer version of the modal: then this update is out of date, and dropped. */
    private void update(OpenView view, Map<String, Object> page) {
        Map<String, Object> args = Map.of("view_id", view.id(), "hash", view.hash(), "view", page);
        SlackAnswer answer = screen.api().call("views.update", args);
        for (int tries = 1; tries < MOST_UPDATES && answer instanceof SlackAnswer.Lost; tries++) {
            answer = screen.api().call("views.update", args);
        }
        if (answer instanceof SlackAnswer.Refused refused && !refused.error().equals("hash_conflict")
                && !refused.error().equals("not_found")) {
            throw new IllegalStateException("views.update was refused: " + refused.error());
        }
    }

    private static Map<String, Object> updated(Map<String, Object> view) {
        return Map.of("response_action", "update", "view", view);
    }

    /** A modal that only says something. */
    static Map<String, Object> notice(String title, Rendered message) {
        return Modals.notice(title, message.text());
    }
}
