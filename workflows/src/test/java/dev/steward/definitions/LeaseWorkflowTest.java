package dev.steward.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseWorkflowTest {
    private static final String WHOLE = """
            name: box
            kind: provision
            title: Box
            allow: everyone
            channel: requests
            form:
              - page: Basics
                fields:
                  - { name: name, type: text }
                  - { name: owner, type: team }
                  - { name: ttl, type: duration }
                  - { name: duration, type: choice, options: [8h, 1d, 3d] }
            module: box
            inputs: { name: form.name }
            lease: { lasts: form.duration, at_most: 3d, promote: house }
            approval:
              standing:
                - { name: Small, when: hours(form.duration) <= 24.0 && plan.deletes == 0 }
            records:
              - { kind: Resource, name: form.name, owner: form.owner }
            """;
    private static final String HOUSE = WHOLE.replace("name: box\n", "name: house\n").replaceFirst("lease: .*\n", "");

    @TempDir
    Path temporary;

    @Test
    void whatIsMadeMayEnd() {
        var lease = box(WHOLE).lease().orElseThrow();
        Facts facts = Facts.of(Map.of("duration", "1d"), Fixtures.DANA);

        assertThat(lease.lasts().text(facts)).isEqualTo("1d");
        assertThat(lease.atMost()).isEqualTo(Duration.ofDays(3));
        assertThat(lease.promote()).contains("house");
        assertThat(box(HOUSE.replace("name: house", "name: box")).lease()).isEmpty();
    }

    @Test
    void howLongMayBeSaidInManyWays() {
        assertThat(problems(WHOLE.replace("lasts: form.duration", "lasts: 8h"))).isEmpty();
        assertThat(problems(WHOLE.replace("lasts: form.duration", "lasts: form.ttl"))).isEmpty();
        assertThat(problems(WHOLE.replace("lasts: form.duration",
                "lasts: 'form.owner == \"x\" ? \"8h\" : form.ttl'"))).isEmpty();
        assertThat(problems(WHOLE.replace(", promote: house", ""))).isEmpty();
    }

    @Test
    void refusesALeaseWithoutEnd() {
        assertThat(problems(WHOLE.replace("{ lasts: form.duration, at_most: 3d, promote: house }", "{ last: 3d }")))
                .containsExactly("workflows/box.yaml:15: `lease` has no key `last`. Perhaps `lasts` is meant.",
                        "workflows/box.yaml:15: `lease` has no `lasts`. Add it, for example `lasts: form.duration`.",
                        "workflows/box.yaml:15: `lease` has no `at_most`. Add it, for example `at_most: 3d`.");
        assertThat(problems(WHOLE.replace("{ lasts: form.duration, at_most: 3d, promote: house }", "3d")))
                .containsExactly("workflows/box.yaml:15: `lease` is text and not a mapping."
                        + " Write it as lines of `key: value`.");
        assertThat(problems(WHOLE.replace("at_most: 3d", "at_most: long"))).containsExactly(
                "workflows/box.yaml:15: `at_most` of `lease` is `long`, which is no duration."
                        + " Write days, hours or minutes, as in `3d`, `4h` or `30m`.");
    }

    @Test
    void refusesWhatIsNoDuration() {
        assertThat(lasting("soon")).containsExactly("workflows/box.yaml:15: `lasts` of `lease` is `soon`,"
                + " which is no duration. Write days, hours or minutes, as in `3d`, `4h` or `30m`.");
        assertThat(lasting("8")).containsExactly("workflows/box.yaml:15: `lasts` of `lease` gives a number."
                + " It must give a duration such as `8h`.");
        assertThat(lasting("hours(form.ttl)"))
                .containsExactly("workflows/box.yaml:15: `lasts` of `lease` gives a number."
                        + " It must give a duration such as `8h`.");
        assertThat(lasting("form.name")).containsExactly("workflows/box.yaml:15: `lasts` of `lease` is field `name`,"
                + " which is of type `text`. Name a field of type `duration`, or a `choice` of durations.");
        assertThat(lasting("form.lenght")).singleElement().asString()
                .startsWith("workflows/box.yaml:15: `lasts` of `lease` names `form.lenght`, which is no field");
        assertThat(lasting("plan.creates")).singleElement().asString()
                .contains("names `plan`, which does not exist before there is a plan");
        assertThat(problems(WHOLE.replace("[8h, 1d, 3d]", "[8h, some]"))).containsExactly(
                "workflows/box.yaml:15: `lasts` of `lease` may be `some`, an option of field `duration`,"
                        + " which is no duration. Write days, hours or minutes, as in `3d`, `4h` or `30m`.");
    }

    @Test
    void refusesWhatIsAboveTheCap() {
        assertThat(lasting("73h")).containsExactly("workflows/box.yaml:15: `lasts` of `lease` is `73h`,"
                + " which is above `at_most`. Shorten it, or raise `at_most`.");
        assertThat(lasting("72h")).isEmpty();
        assertThat(problems(WHOLE.replace("[8h, 1d, 3d]", "[8h, 4d]"))).containsExactly(
                "workflows/box.yaml:15: `lasts` of `lease` may be `4d`, an option of field `duration`,"
                        + " which is above `at_most`. Shorten it, or raise `at_most`.");
    }

    @Test
    void refusesToPromoteToNothing() {
        String access = """
                name: way-in
                kind: access
                title: Way in
                allow: everyone
                channel: requests
                access: { to: [Service], roles: [{ name: reader, durations: [8h] }] }
                module: box
                inputs: { name: entity.name }
                """;

        assertThat(promoting("hous")).containsExactly("workflows/box.yaml:15: `promote` of `lease` names `hous`,"
                + " and there is no such workflow. Perhaps `house` is meant.");
        assertThat(promoting("palace")).containsExactly("workflows/box.yaml:15: `promote` of `lease` names `palace`,"
                + " and there is no such workflow. Name the workflow that makes what stays, or remove it.");
        assertThat(promoting("box")).containsExactly("workflows/box.yaml:15: `promote` of `lease` names `box`,"
                + " which is this workflow itself. Name the workflow that makes what stays, or remove it.");
        assertThat(promoting("[house]")).containsExactly(
                "workflows/box.yaml:15: `promote` of `lease` is a list and not text. Write text.");
        assertThat(Fixtures.texts(Fixtures.load(temporary,
                Map.of("box.yaml", WHOLE.replace("promote: house", "promote: way-in"), "way-in.yaml", access),
                Fixtures.module(Fixtures.required("name"))))).containsExactly(
                        "workflows/box.yaml:15: `promote` of `lease` names `way-in`, which gives access and makes nothing"
                                + " that stays. Name the workflow that makes what stays, or remove it.");
    }

    @Test
    void refusesAccessAndEntityInAProvisionWorkflow() {
        assertThat(problems(WHOLE + "access: { to: [Service] }\n")).containsExactly(
                "workflows/box.yaml:21: A workflow of kind `provision` has no `access`."
                        + " Remove it, or write `kind: access`.");
        assertThat(problems(WHOLE.replace("inputs: { name: form.name }", "inputs: { name: entity.name }")))
                .containsExactly("workflows/box.yaml:14: Input `name` names `entity`,"
                        + " which only workflows of kind `access` have. Name what the form asks for,"
                        + " as in `form.service`.");
        assertThat(problems(WHOLE.replace("plan.deletes == 0", "entity.stage == \"production\""))).singleElement()
                .asString()
                .startsWith("workflows/box.yaml:18: `when` of standing rule `Small` names `entity`, which only");
    }

    @Test
    void refusesBrokenStandingRules() {
        String rules = """
                    - { name: Small }
                    - { when: "true" }
                    - { name: Text, when: form.name, why: x }
                    - { name: Text, when: form.naem == "x" }
                    - just text
                """;

        assertThat(problems(WHOLE.replaceFirst("    - \\{ name: Small.*\n", rules))).containsExactly(
                "workflows/box.yaml:18: Standing rule `Small` has no `when`, and would approve everything."
                        + " Say what it approves, for example `when: hours(form.duration) <= 8.0`.",
                "workflows/box.yaml:19: Standing rule `?` has no `name`."
                        + " Add it, for example `name: Own team, up to 8 hours`.",
                "workflows/box.yaml:20: Standing rule `Text` has no key `why`. Known are: name, when.",
                "workflows/box.yaml:20: `when` of standing rule `Text` gives text. It must give true or false.",
                "workflows/box.yaml:21: `when` of standing rule `Text` names `form.naem`, which is no field of the form."
                        + " Perhaps `form.name` is meant.",
                "workflows/box.yaml:21: There are two standing rules `Text`. Rename one of the two.",
                "workflows/box.yaml:22: Standing rule `?` is text and not a mapping. Write it as lines of `key: value`.");
        String many = IntStream.range(0, 21).mapToObj(i -> "    - { name: r" + i + ", when: \"true\" }\n")
                .collect(Collectors.joining());
        assertThat(problems(WHOLE.replaceFirst("    - \\{ name: Small.*\n", many))).containsExactly(
                "workflows/box.yaml:18: `standing` of `approval` has 21 members. Keep to 20 at most.");
    }

    private List<String> lasting(String lasts) {
        return problems(WHOLE.replace("lasts: form.duration", "lasts: " + lasts));
    }

    private List<String> promoting(String name) {
        return problems(WHOLE.replace("promote: house", "promote: " + name));
    }

    private Workflow box(String yaml) {
        Loaded loaded = load(yaml);
        assertThat(Fixtures.texts(loaded)).isEmpty();
        return loaded.workflow("box").orElseThrow();
    }

    private List<String> problems(String yaml) {
        return Fixtures.texts(load(yaml));
    }

    private Loaded load(String yaml) {
        return Fixtures.load(temporary, Map.of("box.yaml", yaml, "house.yaml", HOUSE),
                Fixtures.module(Fixtures.required("name")));
    }
}
