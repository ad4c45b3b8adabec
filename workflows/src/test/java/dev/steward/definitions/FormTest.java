package dev.steward.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.steward.definitions.Answers.Accepted;
import dev.steward.definitions.Answers.Rejected;
import dev.steward.definitions.Facts.Requester;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormTest {
    private static final Map<String, Object> GOOD = Map.of("service", " checkout-api ", "purpose", "Takes the money.",
            "owner", "Payments", "audience", "internal", "data_class", "restricted", "tier", "tier-2", "lifecycle",
            "application-bound", "operated_by", "payments");

    private static final Workflow WORKFLOW = Fixtures.newService();

    @TempDir
    Path temporary;

    private final Form form = new Form(WORKFLOW, Fixtures.DANA, Fixtures.LOOKUPS);

    @Test
    void acceptsGoodAnswersTypedAndInOrder() {
        assertThat(form.check(GOOD)).isInstanceOfSatisfying(Accepted.class,
                accepted -> assertThat(accepted.typed()).containsExactly(entry("service", "checkout-api"),
                        entry("purpose", "Takes the money."), entry("owner", "payments"), entry("audience", "internal"),
                        entry("data_class", "restricted"), entry("tier", "tier-2"),
                        entry("lifecycle", "application-bound"), entry("operated_by", "payments")));
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        assertThat(errors(form.check(with("service", "Payments_API", "purpose", "Money", "owner", "nobody", "tier",
                "tier-9", "lifecycle", "")))).containsExactly(
                        entry("service",
                                "`Payments_API` is not possible: use lower case, digits and dashes, 3 to 39 characters,"
                                        + " for example `payments-api`."),
                        entry("purpose", "That is 5 characters long: use 10 to 500 characters."),
                        entry("owner",
                                "There is no team `nobody` in the catalog: pick one from the list, which searches"
                                        + " as you type."),
                        entry("tier",
                                "`tier-9` is not possible: choose one of `tier-1`, `tier-2`, `tier-3`, `tier-4`."),
                        entry("lifecycle", "Choose one: this cannot be left open."));
    }

    @Test
    void refusesANameThatIsTaken() {
        assertThat(errors(form.check(with("service", "ledger-api")))).containsExactly(entry("service",
                "`ledger-api` is taken: choose another name, or look at who has it with `/owner ledger-api`."));
    }

    @Test
    void refusesCharactersThatCannotBeSeen() {
        assertThat(errors(form.check(with("purpose", "Takes the\u0000 money")))).containsKey("purpose");
        assertThat(errors(form.check(with("purpose", "Takes the \u202Eyenom")))).containsKey("purpose");
        assertThat(errors(form.check(with("purpose", "Takes the money,\r\nall of it.")))).isEmpty();
    }

    @Test
    void aConditionalFieldIsShownAndRequiredOnlyWhereItsConditionHolds() {
        Map<String, Object> internal = with("consumers", "left over");
        Map<String, Object> open = with("audience", "public");

        assertThat(names(form.visible(0, internal))).doesNotContain("consumers");
        assertThat(names(form.visible(0, open))).contains("consumers");
        assertThat(form.check(internal)).isInstanceOfSatisfying(Accepted.class,
                accepted -> assertThat(accepted.typed()).doesNotContainKey("consumers"));
        assertThat(errors(form.check(open))).containsExactly(
                entry("consumers", "Fill this in: it cannot be left empty."));
    }

    @Test
    void aConditionThatCannotBeToldHidesItsField() {
        assertThat(names(form.visible(0, Map.of()))).doesNotContain("consumers");
    }

    @Test
    void checksOnePageWithoutTheErrorsOfOthers() {
        assertThat(form.checkPage(0, with("tier", "nonsense", "operated_by", ""))).isInstanceOf(Accepted.class);
        assertThat(errors(form.checkPage(1, with("service", "BAD", "tier", "tier-9")))).containsOnlyKeys("tier");
    }

    @Test
    void defaultsBuildOnTheRequesterAndOnEarlierAnswers() {
        assertThat(form.defaults(Map.of())).containsEntry("owner", "payments").containsEntry("operated_by", "payments")
                .containsEntry("tier", "tier-3");
        assertThat(form.defaults(Map.of("owner", "search"))).containsEntry("operated_by", "search")
                .doesNotContainKey("owner");
    }

    @Test
    void aDefaultThatCannotBeToldLeavesItsFieldEmpty() {
        Requester loner = new Requester("omar", "Omar", Optional.empty(), List.of());

        assertThat(new Form(WORKFLOW, loner, Fixtures.LOOKUPS).defaults(Map.of())).doesNotContainKeys("owner",
                "operated_by");
    }

    @Test
    void theNoteFollowsTheChoice() {
        Field operator = WORKFLOW.field("operated_by").orElseThrow();

        assertThat(form.note(operator, with()).orElseThrow())
                .isEqualTo("Operating model: you-build-it-you-run-it. Your team approves changes and is paged.");
        assertThat(form.note(operator, with("lifecycle", "shared", "operated_by", "search")).orElseThrow())
                .startsWith("Operating model: platform-team.");
        assertThat(form.note(operator, Map.of())).isEmpty();
    }

    @Test
    void wordsFillTheFieldsThatTheyFit() {
        var filled = form.prefill(List.of("payments", "TIER-2", "checkout-api", "Hmm!"));

        assertThat(filled.answers()).containsExactly(entry("owner", "payments"), entry("tier", "tier-2"),
                entry("service", "checkout-api"));
        assertThat(filled.unused()).containsExactly("Hmm!");
    }

    @Test
    void wordsChangeWhatTheyFitAndNoTextThatIsThere() {
        Map<String, Object> now = Map.of("service", "checkout", "owner", "payments", "tier", "tier-3", "purpose",
                "Cards");
        var filled = form.prefill(List.of("tier-1", "search", "other-name"), now, List.of("owner", "operated_by"));
        assertThat(filled.answers()).containsExactly(entry("tier", "tier-1"));
        assertThat(filled.unused()).containsExactly("search", "other-name");
    }

    @Test
    void whatItIsOpenedForGoesIntoTheFirstLongText() {
        assertThat(form.about(Optional.of("ledger-api"), "INC-7: Add a replica"))
                .containsExactly(entry("purpose", "INC-7: Add a replica"));
        assertThat(form.about(Optional.empty(), " ")).isEmpty();
    }

    @Test
    void aSecondTeamGoesToTheNextTeamField() {
        assertThat(form.prefill(List.of("payments", "search")).answers()).containsEntry("owner", "payments")
                .containsEntry("operated_by", "search");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            number   | 5            | 5
            number   | 2.5          | 2.5
            number   | 0            | `0` is not possible: use a number from 1 to 10.
            number   | 1e999999999  | `1e999999999` is not possible: use a number, for example `3`.
            number   | five         | `five` is not possible: use a number, for example `3`.
            yes-no   | Yes          | true
            yes-no   | perhaps      | `perhaps` is not possible: answer `yes` or `no`.
            duration | 4H           | 4h
            duration | 4 hours      | `4 hours` is not possible: use days, hours or minutes, for example `3d`, `4h` or `30m`.
            date     | 2026-02-28   | 2026-02-28
            date     | 2026-02-30   | `2026-02-30` is not possible: use year, month and day, for example `2026-11-20`.
            many     | b            | [b]
            many     | z            | `z` is not possible: choose one of `a`, `b`.
            lines    | x            | [x]
            person   | omar         | omar
            person   | ghost        | There is no person `ghost` in the catalog: pick one from the list, which searches as you type.
            service  | ledger-api   | ledger-api
            environment | staging   | staging
            """)
    void readsEveryType(String type, String raw, String expected) {
        String extra = type.equals("number") ? ", min: 1, max: 10" : type.equals("many") ? ", options: [a, b]" : "";
        Workflow one = Fixtures.load(temporary, """
                name: one
                kind: provision
                title: One
                allow: [payments]
                channel: requests
                form:
                  - page: Only
                    fields: [{ name: x, type: %s%s }]
                module: box
                inputs: { any: form.x }
                records: [{ kind: Resource, name: thing, owner: payments }]
                """.formatted(type, extra), Fixtures.module(Fixtures.optional("any", "any", "null"))).workflow("one")
                .orElseThrow();

        var answers = new Form(one, Fixtures.DANA, Fixtures.LOOKUPS).check(Map.of("x", raw));

        assertThat(switch (answers) {
            case Accepted(Map<String, Object> typed) -> String.valueOf(typed.get("x"));
            case Rejected(List<FieldError> errors) -> errors.getFirst().message();
        }).isEqualTo(expected);
        assertThat(one.allow().permits(Set.of("payments"))).isTrue();
        assertThat(one.allow().permits(Set.of("search"))).isFalse();
    }

    @Test
    void manyAnswersComeInTheOptionsOrder() {
        Field many = new Field("m", FieldType.MANY, "M", "", true, Optional.empty(), Field.Rules.NONE,
                List.of(new Field.Option("a", "A", ""), new Field.Option("b", "B", "")), Optional.empty(),
                Optional.empty(), false);

        assertThat(new AnswerReader(Fixtures.LOOKUPS).read(many, List.of("b", "a", "b")))
                .isEqualTo(new AnswerReader.Outcome.Value(List.of("a", "b")));
    }

    @Test
    void aSecretIsNeverRepeatedInAMessage() {
        Field secret = new Field("token", FieldType.TEXT, "Token", "", true, Optional.empty(),
                new Field.Rules(Optional.of(new Field.Pattern("[0-9]+")), "use digits", Optional.empty(),
                        Optional.empty(), false),
                List.of(), Optional.empty(), Optional.empty(), true);

        assertThat(new AnswerReader(Fixtures.LOOKUPS).read(secret, "hunter2"))
                .isEqualTo(new AnswerReader.Outcome.Wrong("That is not possible: use digits."));
    }

    private static Map<String, Object> with(String... changed) {
        Map<String, Object> answers = new HashMap<>(GOOD);
        for (int i = 0; i < changed.length; i += 2) {
            answers.put(changed[i], changed[i + 1]);
        }
        return answers;
    }

    private static List<String> names(List<Field> fields) {
        return fields.stream().map(Field::name).toList();
    }

    private static Map<String, String> errors(Answers answers) {
        return switch (answers) {
            case Accepted _ -> Map.of();
            case Rejected(List<FieldError> errors) -> {
                Map<String, String> byField = new LinkedHashMap<>();
                errors.forEach(error -> byField.put(error.field(), error.message()));
                yield byField;
            }
        };
    }
}
