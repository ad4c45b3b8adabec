package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.database.Json;
import dev.steward.definitions.Expression;
import dev.steward.definitions.Field;
import dev.steward.definitions.Form;
import dev.steward.definitions.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One page of a workflow's form as a modal. All pages are the same modal, updated, and not a stack of three: so there may
 * be more than three, and an error on an earlier page can lead back to it. Each field is the block of its name.
 */
public final class FormModal {
    /** The modal's callback id. */
    public static final String CALLBACK = "form";
    /** Action id of the button to the page before. */
    public static final String BACK = "form-back";
    /** What the action id of every field that reports its changes begins with. */
    public static final String ANSWER = "answer";

    private static final int ERROR_MAX = 300;
    private static final String STAYS = "This cannot be changed here.";

    private final Workflow workflow;
    private final Form form;
    private final String draft;
    private final Optional<Changed> changed;

    /**
     * What a form changes.
     *
     * @param subject
     *            what it is called
     * @param kept
     *            fields whose answers stay as they are
     */
    public record Changed(String subject, List<String> kept) {
        public Changed {
            kept = List.copyOf(kept);
        }
    }

    /**
     * The form of one draft for something new.
     *
     * @param draft
     *            the draft's id; whoever has the modal open could change it
     */
    public FormModal(Workflow workflow, Form form, String draft) {
        this(workflow, form, draft, Optional.empty());
    }

    /** The form of one draft, which may be to change what is there. */
    public FormModal(Workflow workflow, Form form, String draft, Optional<Changed> changed) {
        this.changed = changed;
        this.workflow = workflow;
        this.form = form;
        this.draft = draft;
    }

    /**
     * What a modal carries from one page to the next; untrusted.
     *
     * @param draft
     *            id of the draft
     * @param page
     *            from 0
     */
    public record Metadata(String draft, int page) {
        /** Reads a modal's {@code private_metadata}; anything else reads as an unknown draft. */
        public static Metadata parse(String text) {
            try {
                var json = Json.tree(text);
                return new Metadata(json.path("draft").asText(""), Math.clamp(json.path("page").asInt(0), 0, 1000));
            } catch (IllegalArgumentException e) {
                return new Metadata("", 0);
            }
        }

        String text() {
            return Json.text(Map.of("draft", draft, "page", page));
        }
    }

    /**
     * The page.
     *
     * @param answers
     *            field to raw answer: what was entered so far
     * @param errors
     *            field to what is wrong with it, where Slack cannot show it by itself
     */
    public Map<String, Object> page(int page, Map<String, Object> answers, Map<String, String> errors) {
        Map<String, Object> filled = filled(answers);
        List<Map<String, Object>> blocks = new ArrayList<>();
        head(page, errors).ifPresent(blocks::add);
        for (Field field : form.visible(page, filled)) {
            Optional.ofNullable(errors.get(field.name())).ifPresent(error -> blocks.add(Blocks.context(
                    Mrkdwn.of("*Please correct {}*: {}", field.label(), Mrkdwn.text(error, ERROR_MAX)))));
            blocks.add(input(field, page, filled));
            form.note(field, filled).ifPresent(note -> blocks.add(Blocks.context(Mrkdwn.text(note, 2000))));
        }
        if (page > 0) {
            blocks.add(Blocks.actions("form-pages", List.of(Blocks.button(BACK, "back", "Back",
                    "Back to page " + page + "; what you entered is kept"))));
        }
        return Modals.form(CALLBACK, new Metadata(draft, page).text(),
                changed.map(what -> "Change " + what.subject()).orElse(workflow.title()),
                next(page, filled).isPresent() ? "Next" : "Submit", blocks.stream().limit(100).toList());
    }

    /** The answers, with the defaults of what has none yet. */
    public Map<String, Object> filled(Map<String, Object> answers) {
        Map<String, Object> filled = new LinkedHashMap<>(answers);
        form.defaults(answers).forEach(filled::putIfAbsent);
        return filled;
    }

    /** The next page with a field to answer; none when this is the last. */
    public Optional<Integer> next(int page, Map<String, Object> answers) {
        for (int next = page + 1; next < workflow.pages().size(); next++) {
            if (!form.visible(next, answers).isEmpty()) {
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    /** The page before with a field to answer; the first if there is none. */
    public int before(int page, Map<String, Object> answers) {
        for (int before = Math.min(page, workflow.pages().size()) - 1; before > 0; before--) {
            if (!form.visible(before, answers).isEmpty()) {
                return before;
            }
        }
        return 0;
    }

    /** Whether a page that was shown with these answers has the field. */
    public boolean shows(int page, Map<String, Object> answers, String field) {
        return form.visible(page, filled(answers)).stream().anyMatch(f -> f.name().equals(field));
    }

    private Optional<Map<String, Object>> head(int page, Map<String, String> errors) {
        Mrkdwn text = errors.isEmpty()
                ? Mrkdwn.EMPTY
                : Mrkdwn.of("*{} to correct*; nothing was submitted.",
                        errors.size() == 1 ? "One answer" : "Some answers");
        if (workflow.pages().size() > 1) {
            text = text.line(Mrkdwn.of("*Page {} of {}: {}*", page + 1, workflow.pages().size(),
                    Mrkdwn.text(workflow.pages().get(page).title(), 150)));
        }
        if (page == 0) {
            text = text.line(changed.map(what -> Mrkdwn.of(
                    "This is {} as it is now. Change what should be different. Steward plans it, and it needs approval as "
                            + "before.",
                    Mrkdwn.code(what.subject(), 150)))
                    .orElseGet(() -> Mrkdwn.text(workflow.description(), 1000)));
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(Blocks.section("form-head", text));
    }

    private Map<String, Object> input(Field field, int page, Map<String, Object> answers) {
        boolean kept = field.sensitive() && answers.containsKey(field.name());
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", "input");
        block.put("block_id", field.name());
        block.put("label", Blocks.plain(field.label(), 150));
        block.put("element", FieldElement.of(field, Optional.ofNullable(answers.get(field.name()))));
        block.put("optional", !field.required() || kept);
        String hint = kept ? "Entered before; leave it empty to keep it." : stays(field) ? STAYS : field.hint();
        if (!hint.isBlank()) {
            block.put("hint", Blocks.plain(hint, 300));
        }
        if (othersDependOn(field, page)) {
            block.put("dispatch_action", true);
        }
        return block;
    }

    private boolean stays(Field field) {
        return changed.filter(what -> what.kept().contains(field.name())).isPresent();
    }

    /** Whether what else the page shows changes with this answer. */
    private boolean othersDependOn(Field field, int page) {
        return expressions(workflow.pages().get(page).fields()).anyMatch(e -> mentions(e, field.name()));
    }

    private static Stream<Expression> expressions(List<Field> fields) {
        return fields.stream().flatMap(f -> Stream.concat(f.when().stream(), f.note().stream()));
    }

    private static boolean mentions(Expression expression, String field) {
        return Pattern.compile("\\bform\\." + Pattern.quote(field) + "\\b").matcher(expression.source()).find();
    }

    /**
     * What was entered on a page, by field: also what was emptied, as empty text. A secret that was entered before and
     * left empty now is kept.
     *
     * @param before
     *            the answers that the page was shown with
     * @param entered
     *            block id to answer, as it came from the modal
     */
    public Map<String, Object> entered(int page, Map<String, Object> before, Map<String, Object> entered) {
        Map<String, Object> filled = filled(before);
        Set<String> shown = form.visible(page, filled).stream().map(Field::name).collect(Collectors.toSet());
        Map<String, Object> answers = new HashMap<>();
        for (Field field : workflow.pages().get(page).fields()) {
            Object value = entered.get(field.name());
            if (value != null) {
                answers.put(field.name(), value);
            } else if (shown.contains(field.name()) && !(field.sensitive() && filled.containsKey(field.name()))) {
                answers.put(field.name(), "");
            }
        }
        return answers;
    }
}
