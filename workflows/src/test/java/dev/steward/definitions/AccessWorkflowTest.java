package dev.steward.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.catalog.Principal;
import dev.steward.definitions.Facts.Plan;
import dev.steward.definitions.Facts.Target;
import dev.steward.definitions.Field.Option;
import dev.steward.definitions.Workflow.Access;
import dev.steward.definitions.Workflow.Kind;
import dev.steward.definitions.Workflow.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessWorkflowTest {
    private static final String WHOLE = """
            name: way-in
            kind: access
            title: Way in
            allow: everyone
            channel: requests
            access:
              to: [Service, Resource]
              where: entity.tier != "tier-4" && !("closed" in entity.tags)
              roles:
                - name: reader
                  title: Read
                  description: Logs and metrics
                  durations: [30m, 8h, 1d, 7d]
                  caps: { tier-1: 1d, tier-2: 2d }
                - name: on-call
                  durations: [8h, 12h]
                  when: '"sre" in requester.teams && entity.kind == "Service"'
            module: grant
            inputs:
              entity: entity.name
              holder: requester.name
              why: 'has(form.incident) ? form.incident : form.reason'
            approval:
              standing:
                - { name: Own team, when: entity.owner in requester.teams && hours(form.duration) <= 8.0 }
              stages:
                - { name: Operators, when: form.role != "reader", by: group(entity.operated_by) }
            guardrails:
              - { deny: plan.creates > 2 && entity.stage == "production", say: Too much }
            """;
    private static final Target LEDGER = new Target("ledger-api", "Service", "payments", "platform", "tier-1",
            "production", "shared", List.of("pci"));

    @TempDir
    Path temporary;

    @Test
    void offersRolesOnEntities() {
        Workflow workflow = workflow(WHOLE);
        Access access = workflow.access().orElseThrow();

        assertThat(workflow.kind()).isEqualTo(Kind.ACCESS);
        assertThat(workflow.records()).isEmpty();
        assertThat(workflow.lease()).isEmpty();
        assertThat(access.kinds()).containsExactly("Service", "Resource");
        assertThat(access.roles()).extracting(Role::name).containsExactly("reader", "on-call");
        assertThat(access.roles()).extracting(Role::title).containsExactly("Read", "On call");
        assertThat(access.role("reader").orElseThrow().durations()).containsExactly(Duration.ofMinutes(30),
                Duration.ofHours(8), Duration.ofDays(1), Duration.ofDays(7));
    }

    @Test
    void capsTheRolesByTier() {
        Role reader = workflow(WHOLE).access().orElseThrow().role("reader").orElseThrow();

        assertThat(reader.cap("tier-1")).isEqualTo(Duration.ofDays(1));
        assertThat(reader.cap("tier-2")).isEqualTo(Duration.ofDays(2));
        assertThat(reader.cap("tier-3")).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void makesTheFormItself() {
        Workflow workflow = workflow(WHOLE);

        assertThat(workflow.pages()).singleElement().extracting(Workflow.Page::title).isEqualTo("Way in");
        assertThat(workflow.fields()).extracting(Field::name).containsExactly(Access.ENTITY, Access.ROLE,
                Access.DURATION, Access.REASON, Access.INCIDENT);
        assertThat(workflow.fields()).extracting(Field::type).containsExactly(FieldType.SERVICE, FieldType.CHOICE,
                FieldType.CHOICE, FieldType.MULTILINE, FieldType.TEXT);
        assertThat(workflow.fields()).extracting(Field::required).containsExactly(true, true, true, true, false);
        assertThat(workflow.field(Access.ENTITY).orElseThrow().hint()).contains("service or resource");
        assertThat(workflow.field(Access.ROLE).orElseThrow().options())
                .containsExactly(new Option("reader", "Read", "Logs and metrics"),
                        new Option("on-call", "On call", ""));
        assertThat(workflow.field(Access.DURATION).orElseThrow().options()).containsExactly(
                new Option("30m", "30 minutes", ""), new Option("8h", "8 hours", ""), new Option("12h", "12 hours", ""),
                new Option("1d", "1 day", ""), new Option("7d", "7 days", ""));
    }

    @Test
    void checksTheAnswersOfTheForm() {
        Form form = new Form(workflow(WHOLE), Fixtures.DANA, Fixtures.LOOKUPS);

        assertThat(form.check(answers("incident", "INC-7"))).isEqualTo(
                new Answers.Accepted(Map.of("entity", "ledger-api", "role", "reader", "duration", "8h", "reason",
                        "Look at the logs", "incident", "INC-7")));
        assertThat(form.check(answers("incident", ""))).isInstanceOf(Answers.Accepted.class);
        assertThat(errors(form, answers("incident", "INC-07"))).containsExactly(
                "`INC-07` is not possible: use an incident's number, for example `INC-7`.");
        assertThat(errors(form, answers("duration", "2h"))).singleElement().asString().contains("`2h` is not possible");
        assertThat(errors(form, answers("reason", "hm"))).hasSize(1);
        assertThat(errors(form, answers("entity", "nowhere"))).hasSize(1);
        assertThat(form.prefill(List.of("ledger-api", "on-call", "12h")).answers()).isEqualTo(
                Map.of("entity", "ledger-api", "role", "on-call", "duration", "12h"));
    }

    @Test
    void choosesWhereThereIsNothingToChoose() {
        Workflow workflow = workflow(WHOLE.replace(
                "    - name: on-call\n      durations: [8h, 12h]\n      when: '\"sre\" in requester.teams && entity.kind == \"Service\"'\n",
                "")
                .replace("[30m, 8h, 1d, 7d]", "[7d]").replace("{ tier-1: 1d, tier-2: 2d }", "{}"));

        assertThat(new Form(workflow, Fixtures.DANA, Fixtures.LOOKUPS).defaults(Map.of())).isEqualTo(
                Map.of("role", "reader", "duration", "7d"));
    }

    @Test
    void expressionsSeeTheEntity() {
        Workflow workflow = workflow(WHOLE);
        Facts facts = facts("8h");

        assertThat(workflow.inputValues(facts)).isEqualTo(
                Map.of("entity", "ledger-api", "holder", "dana", "why", "Look at the logs"));
        assertThat(workflow.access().orElseThrow().where().orElseThrow().test(facts)).isTrue();
        assertThat(workflow.access().orElseThrow().role("on-call").orElseThrow().when().orElseThrow().test(facts))
                .isFalse();
        assertThat(workflow.approval().stages().getFirst().by().principal(facts)).isEqualTo(Principal.team("platform"));
        assertThat(workflow.guardrails().getFirst().condition().test(facts)).isTrue();
    }

    @Test
    void aStandingRuleHoldsUpToItsBoundary() {
        var rule = workflow(WHOLE).approval().standing().getFirst();

        assertThat(rule.name()).isEqualTo("Own team");
        assertThat(rule.when().test(facts("8h"))).isTrue();
        assertThat(rule.when().test(facts("12h"))).isFalse();
    }

    @Test
    void withoutTheEntityNothingHolds() {
        Workflow workflow = workflow(WHOLE);
        Facts early = Facts.of(Map.of("duration", "8h"), Fixtures.DANA);

        assertThatThrownBy(() -> workflow.access().orElseThrow().where().orElseThrow().test(early))
                .isInstanceOf(ExpressionFailure.class);
        assertThatThrownBy(() -> workflow.approval().standing().getFirst().when().test(early))
                .isInstanceOf(ExpressionFailure.class);
    }

    @Test
    void refusesWhatAnAccessWorkflowDoesNotHave() {
        String yaml = WHOLE + """
                form: []
                records: [{ kind: Service, name: form.entity, owner: entity.owner }]
                lease: { lasts: form.duration, at_most: 1d }
                """;

        assertThat(problems(yaml)).containsExactly(
                "workflows/test.yaml:30: A workflow of kind `access` has no `form`: its form always asks for entity,"
                        + " role, duration, reason and incident. Remove it.",
                "workflows/test.yaml:31: A workflow of kind `access` has no `records`: what it leaves is somebody's"
                        + " access and no entity. Remove it.",
                "workflows/test.yaml:32: A workflow of kind `access` has no `lease`: the `durations` of its roles say"
                        + " how long access lasts. Remove it.");
    }

    @Test
    void refusesAccessThatIsMissingOrEmpty() {
        assertThat(problems("""
                name: way-in
                kind: access
                title: Way in
                allow: everyone
                channel: requests
                module: grant
                inputs: { entity: entity.name, holder: requester.name }
                """)).containsExactly("workflows/test.yaml:1: The workflow has no `access`. Add it, for example"
                + " `access: { to: [Service], roles: [{ name: reader, durations: [8h] }] }`.");
        assertThat(problems(head() + "access: { too: [Service] }\n" + tail())).containsExactly(
                "workflows/test.yaml:6: `access` has no key `too`. Perhaps `to` is meant.",
                "workflows/test.yaml:6: `access` has no `to`. Add it, for example `to: [Service, Resource]`.",
                "workflows/test.yaml:6: `access` has no `roles`. Add it, for example"
                        + " `roles: [{ name: reader, durations: [1h, 8h] }]`.");
        assertThat(problems(head() + "access: { to: [], roles: [] }\n" + tail())).containsExactly(
                "workflows/test.yaml:6: `to` of `access` is empty, so nobody could ask for anything."
                        + " Name at least one of: Service, Resource, System.",
                "workflows/test.yaml:6: `roles` of `access` is empty, so nobody could ask for anything."
                        + " Add at least one, for example `{ name: reader, durations: [8h] }`.");
        assertThat(problems(head() + "access: { to: Service, roles: reader }\n" + tail())).containsExactly(
                "workflows/test.yaml:6: `to` of `access` is text and not a list. Write it as lines that start with `- `.",
                "workflows/test.yaml:6: `roles` of `access` is text and not a list."
                        + " Write it as lines that start with `- `.");
    }

    @Test
    void takesAMisspeltKindForWhatItLooksLike() {
        assertThat(problems(WHOLE.replace("kind: access", "kind: acess"))).containsExactly(
                "workflows/test.yaml:2: `acess` is no kind of workflow. Use `provision` or `access`.");
    }

    @Test
    void refusesKindsOfWhichThereIsNoAccess() {
        assertThat(problems(WHOLE.replace("[Service, Resource]", "[Team, Servce, Resource, Resource]")))
                .containsExactly(
                        "workflows/test.yaml:7: `to` of `access` has 4 members. Keep to 3 at most.",
                        "workflows/test.yaml:7: `Team` is nothing that access is given to. Use one of: Service, Resource, System.",
                        "workflows/test.yaml:7: `Servce` is nothing that access is given to. Perhaps `Service` is meant.",
                        "workflows/test.yaml:7: `to` of `access` has `Resource` twice. Remove one of the two.");
    }

    @Test
    void refusesBrokenRoles() {
        String roles = """
                    - { name: Reader, durations: [1h] }
                    - { durations: [1h] }
                    - { name: a, title: %1$s, description: %1$s, durations: [1h], scope: all }
                    - { name: a, durations: [8h, 1h, 1h] }
                    - { name: b, durations: [] }
                    - { name: c }
                    - { name: d, durations: [0h, 3 weeks, 4000d, -1h, 8] }
                    - { name: e, durations: 8h }
                    - just text
                """.formatted("x".repeat(76));

        assertThat(problems(head() + "access:\n  to: [Service]\n  roles:\n" + roles + tail())).containsExactly(
                "workflows/test.yaml:9: `Reader` cannot be the name of a role."
                        + " Use lower case, digits and dashes, 39 characters at most.",
                "workflows/test.yaml:10: Role `?` has no `name`. Add it, for example `name: reader`.",
                "workflows/test.yaml:11: Role `a` has no key `scope`."
                        + " Known are: name, title, description, durations, caps, when.",
                "workflows/test.yaml:11: `title` of role `a` is 76 characters long. Write 1 to 75 characters.",
                "workflows/test.yaml:11: `description` of role `a` is 76 characters long. Write 1 to 75 characters.",
                "workflows/test.yaml:12: `durations` of role `a` has 1h after 8h. Write each once, the shortest first;"
                        + " the last is the longest that may be asked for.",
                "workflows/test.yaml:12: `durations` of role `a` has 1h after 1h. Write each once, the shortest first;"
                        + " the last is the longest that may be asked for.",
                "workflows/test.yaml:12: There are two roles `a`. Rename one of the two.",
                "workflows/test.yaml:13: `durations` of role `b` is empty, so nobody could ask for it."
                        + " Add at least one, for example `[1h, 8h]`.",
                "workflows/test.yaml:14: Role `c` has no `durations`. Add it, for example `durations: [1h, 8h, 1d]`.",
                "workflows/test.yaml:15: A duration of role `d` is `0h`, which is no duration."
                        + " Write days, hours or minutes, as in `3d`, `4h` or `30m`.",
                "workflows/test.yaml:15: A duration of role `d` is `3 weeks`, which is no duration."
                        + " Write days, hours or minutes, as in `3d`, `4h` or `30m`.",
                "workflows/test.yaml:15: A duration of role `d` is `4000d`, which is no duration."
                        + " Write days, hours or minutes, as in `3d`, `4h` or `30m`.",
                "workflows/test.yaml:15: A duration of role `d` is `-1h`, which is no duration."
                        + " Write days, hours or minutes, as in `3d`, `4h` or `30m`.",
                "workflows/test.yaml:15: A duration of role `d` is a number and not text. Put it in quotes.",
                "workflows/test.yaml:16: `durations` of role `e` is text and not a list."
                        + " Write it as lines that start with `- `.",
                "workflows/test.yaml:17: Role `?` is text and not a mapping. Write it as lines of `key: value`.");
    }

    @Test
    void refusesMoreRolesAndDurationsThanFit() {
        String eleven = "[1h, 2h, 3h, 4h, 5h, 6h, 7h, 8h, 9h, 10h, 11h]";
        StringBuilder roles = new StringBuilder();
        for (int i = 0; i < 21; i++) {
            roles.append("    - { name: r").append(i).append(", durations: [").append(i + 1).append("m, ")
                    .append(i + 100).append("m, ").append(i + 200).append("m, ").append(i + 300).append("m, ")
                    .append(i + 400).append("m] }\n");
        }

        assertThat(problems(WHOLE.replace("[30m, 8h, 1d, 7d]", eleven).replace("tier-1: 1d, tier-2: 2d", "")))
                .containsExactly("workflows/test.yaml:13: `durations` of role `reader` has 11 members."
                        + " Keep to 10 at most.");
        assertThat(problems(head() + "access:\n  to: [Service]\n  roles:\n" + roles + tail())).containsExactly(
                "workflows/test.yaml:9: `roles` of `access` has 21 members. Keep to 20 at most.",
                "workflows/test.yaml:9: The roles have 105 different durations between them."
                        + " Keep to 100 at most: more do not fit into the form.");
    }

    @Test
    void refusesCapsThatCapNothingOrEverything() {
        assertThat(problems(WHOLE.replace("{ tier-1: 1d, tier-2: 2d }",
                "{ tier-1: 8d, tier-2: 7d, tier-3: 20m, tier-5: 1d, tier-4: soon }"))).containsExactly(
                        "workflows/test.yaml:14: `tier-1` of `caps` of role `reader` is 8d, above the longest duration,"
                                + " which is 7d. Remove it, or write less: a cap only lowers.",
                        "workflows/test.yaml:14: `tier-3` of `caps` of role `reader` is 20m, below the shortest duration,"
                                + " so nobody could ask for it there."
                                + " Offer a shorter duration, or write `when: entity.tier != \"tier-3\"`.",
                        "workflows/test.yaml:14: `caps` of role `reader` names `tier-5`, which is no tier."
                                + " Use one of: tier-1, tier-2, tier-3, tier-4.",
                        "workflows/test.yaml:14: `tier-4` of `caps` of role `reader` is `soon`, which is no duration."
                                + " Write days, hours or minutes, as in `3d`, `4h` or `30m`.");
        assertThat(problems(WHOLE.replace("{ tier-1: 1d, tier-2: 2d }", "1d"))).containsExactly(
                "workflows/test.yaml:14: `caps` of role `reader` is text and not a mapping."
                        + " Write it as lines of `key: value`.");
    }

    @Test
    void refusesAnswersWhereNothingIsAnsweredYet() {
        assertThat(problems(WHOLE.replace("entity.tier != \"tier-4\" && !(\"closed\" in entity.tags)",
                "form.role == \"reader\""))).containsExactly(
                        "workflows/test.yaml:8: `where` of `access` names `form`, and nothing is answered yet where it is"
                                + " evaluated. Name `entity` and `requester` alone; what depends on the answers belongs"
                                + " into a stage's `when`, a standing rule or a guardrail.");
        assertThat(problems(WHOLE.replace("'\"sre\" in requester.teams && entity.kind == \"Service\"'",
                "plan.creates > 0 || entity.team == \"x\""))).singleElement().asString().startsWith(
                        "workflows/test.yaml:17: `when` of role `on-call` names `entity.team`, which is not known.");
        assertThat(problems(WHOLE.replace("'\"sre\" in requester.teams && entity.kind == \"Service\"'",
                "plan.creates > 0"))).containsExactly("workflows/test.yaml:17: `when` of role `on-call` names `plan`,"
                        + " which does not exist before there is a plan."
                        + " Use it in the `when` of a stage or a standing rule, or in a guardrail.");
        assertThat(problems(WHOLE.replace("'\"sre\" in requester.teams && entity.kind == \"Service\"'",
                "entity.name"))).containsExactly("workflows/test.yaml:17: `when` of role `on-call` gives text."
                        + " It must give true or false.");
    }

    @Test
    void refusesMisspeltAndUnansweredNames() {
        assertThat(problems(WHOLE.replace("entity: entity.name", "entity: entity.nam"))).containsExactly(
                "workflows/test.yaml:20: Input `entity` names `entity.nam`, which is not known."
                        + " Perhaps `entity.name` is meant.");
        assertThat(problems(WHOLE.replace("entity: entity.name", "entity: entity"))).containsExactly(
                "workflows/test.yaml:20: Input `entity` uses `entity` as a whole."
                        + " Name a member, such as `entity.kind`.");
        assertThat(problems(WHOLE.replace("entity: entity.name", "entity: entty.name"))).containsExactly(
                "workflows/test.yaml:20: Input `entity` names `entty`, which is not known."
                        + " Perhaps `entity` is meant.");
        assertThat(problems(WHOLE.replace("'has(form.incident) ? form.incident : form.reason'", "form.incident")))
                .containsExactly("workflows/test.yaml:22: Input `why` reads `form.incident`, which may have no answer."
                        + " Ask first, as in `has(form.incident) ? form.incident : \"none\"`.");
        assertThat(problems(WHOLE.replace("  entity: entity.name\n", ""))).containsExactly(
                "workflows/test.yaml:20: Module `box` requires `entity`, and `inputs` has none."
                        + " Add it, for example `entity: form.entity`.");
        assertThat(problems(WHOLE.replace("  holder: requester.name\n", ""))).containsExactly(
                "workflows/test.yaml:20: Module `box` requires `holder`, and `inputs` has none."
                        + " Add it, for example `holder: requester.name`.");
    }

    private static Map<String, Object> answers(String changed, String value) {
        var answers = new HashMap<String, Object>(Map.of("entity", "ledger-api", "role", "reader", "duration",
                "8h", "reason", "Look at the logs"));
        answers.put(changed, value);
        return answers;
    }

    private static List<String> errors(Form form, Map<String, Object> answers) {
        return form.check(answers) instanceof Answers.Rejected(List<FieldError> errors)
                ? errors.stream().map(FieldError::message).toList()
                : List.of();
    }

    private static Facts facts(String duration) {
        return Facts.of(answers("duration", duration), Fixtures.DANA).withPlan(new Plan(3, 0, 0, List.of()))
                .withEntity(LEDGER);
    }

    private static String head() {
        return WHOLE.substring(0, WHOLE.indexOf("access:\n"));
    }

    private static String tail() {
        return WHOLE.substring(WHOLE.indexOf("module:"));
    }

    private Workflow workflow(String yaml) {
        Loaded loaded = load(yaml);
        assertThat(Fixtures.texts(loaded)).isEmpty();
        return loaded.workflow("way-in").orElseThrow();
    }

    private List<String> problems(String yaml) {
        return Fixtures.texts(load(yaml));
    }

    private Loaded load(String yaml) {
        var grant = Fixtures.module(Fixtures.required("entity"), Fixtures.required("holder"),
                Fixtures.optional("why", "string", "\"\""));
        return Fixtures.load(temporary, yaml.replace("module: grant", "module: box"), grant);
    }
}
