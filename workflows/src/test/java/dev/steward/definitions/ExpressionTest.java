package dev.steward.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.definitions.ExpressionLanguage.Outcome;
import dev.steward.definitions.Facts.Plan;
import dev.steward.definitions.Facts.Resource;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static final Scope SCOPE = Scope.of(
            Map.of("name", FieldType.TEXT, "size", FieldType.NUMBER, "ttl", FieldType.DURATION, "tags",
                    FieldType.LINES),
            true).withPlan();
    private static final Plan PLAN = new Plan(1, 0, 1, List.of(new Resource("a.b", "a", List.of("delete", "create"))));
    private static final Facts FACTS = Facts
            .of(Map.of("name", "checkout", "size", 3, "ttl", "36h", "tags", List.of("x")), Fixtures.DANA)
            .withPlan(PLAN);

    private static final ExpressionLanguage LANGUAGE = new ExpressionLanguage();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            form.name + "-api"                                         | checkout-api
            form["name"]                                               | checkout
            form.size * 2                                              | 6
            form.size > 2.5                                            | true
            hours(form.ttl)                                            | 36.0
            form.tags + [form.name]                                    | [x, checkout]
            {"name": form.name}                                        | {name=checkout}
            has(form.name)                                             | true
            "payments" in requester.teams                              | true
            requester.team                                             | payments
            plan.resources.exists(r, "delete" in r.actions)            | true
            stack == null                                              | true
            operating_model("shared", "a", "a")                        | complicated-subsystem-team
            operating_model("shared", "a", "b")                        | platform-team
            operating_model("application-bound", "a", "a")             | you-build-it-you-run-it
            operating_model("application-bound", "a", "b")             | embedded-platform-engineers
            form.name.upperAscii()                                     | CHECKOUT
            """)
    void givesPlainValues(String source, String expected) {
        assertThat(compile(source).evaluate(FACTS)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 / 0 == 0", "model == \"platform-team\"", "stack.name == \"x\"",
            "operating_model(\"forever\", \"a\", \"a\") == \"\"", "hours(form.name) > 1.0", "form.name.matches(\"[\")",
            "form.size == form.size ? dyn(1) : dyn(true)"})
    void whatCannotBeEvaluatedFailsSoThatItDenies(String source) {
        Expression expression = compile(source);

        assertThatThrownBy(() -> expression.test(FACTS)).isInstanceOf(ExpressionFailure.class)
                .hasMessageStartingWith("`" + source + "` (line 7) ");
    }

    @Test
    void aMissingPlanOrAnswerFails() {
        Facts early = Facts.of(Map.of(), Fixtures.DANA);

        assertThatThrownBy(() -> compile("plan.deletes == 0").test(early)).isInstanceOf(ExpressionFailure.class);
        assertThatThrownBy(() -> compile("form.name != \"x\"").test(early)).isInstanceOf(ExpressionFailure.class);
        assertThat(compile("has(form.name) && form.name != \"x\"").test(early)).isFalse();
    }

    @Test
    void aFailureDoesNotShowWhatItWasEvaluatedOn() {
        Facts secret = Facts.of(Map.of("name", "hunter2", "ttl", "hunter2"), Fixtures.DANA);

        assertThatThrownBy(() -> compile("hours(form.ttl) > 1.0").test(secret)).hasMessageNotContaining("hunter2");
    }

    @Test
    void nullMeansNoValue() {
        Expression expression = compile("has(form.name) && form.name == \"other\" ? form.name : null");

        assertThat(expression.find(FACTS)).isEmpty();
        assertThatThrownBy(() -> expression.evaluate(FACTS)).isInstanceOf(ExpressionFailure.class);
    }

    @Test
    void loopsAreBounded() {
        String list = LongStream.range(0, 101).boxed().toList().toString();
        Expression expression = compile("%1$s.all(a, %1$s.all(b, a + b >= 0))".formatted(list));

        assertThatThrownBy(() -> expression.test(FACTS)).isInstanceOf(ExpressionFailure.class)
                .hasMessageContaining("ended with");
    }

    @Test
    void lengthAndNestingAreBounded() {
        assertThat(refusal("\"" + "x".repeat(ExpressionLanguage.MAX_CHARACTERS) + "\""))
                .contains("4002 characters long");
        assertThat(refusal("(".repeat(200) + "1" + ")".repeat(200))).contains("not a CEL expression");
    }

    @Test
    void looksOverAThousandResources() {
        Expression expression = compile(
                "plan.resources.exists(r, r.type == \"aws_db_instance\" && \"delete\" in r.actions)");
        List<Resource> many = LongStream.range(0, 1000)
                .mapToObj(i -> new Resource("null_resource.x" + i, "null_resource", List.of("create"))).toList();

        assertThat(expression.test(FACTS.withPlan(new Plan(1000, 0, 0, many)))).isFalse();
    }

    private Expression compile(String source) {
        return switch (LANGUAGE.compile(source, SCOPE)) {
            case Outcome.Compiled compiled -> Expression.compiled(source, 7, compiled.program());
            case Outcome.Refused refused -> throw new AssertionError(refused);
        };
    }

    private String refusal(String source) {
        return switch (LANGUAGE.compile(source, SCOPE)) {
            case Outcome.Compiled _ -> "";
            case Outcome.Refused refused -> refused.issues().getFirst().what();
        };
    }
}
