package dev.steward.bot.slack.views;

import static dev.steward.bot.slack.views.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Ownership;
import dev.steward.catalog.Team;
import dev.steward.catalog.TeamSource;
import dev.steward.database.Json;
import dev.steward.definitions.Workflow;
import dev.steward.requests.AccessOffer;
import dev.steward.requests.RequestId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccessMessagesTest {
    static final Team PAYMENTS = new Team(1, "payments", "Payments", Optional.of("payments"),
            TeamSource.slackGroup("S1"), Optional.of(NOON));
    private static final Entity CHECKOUT = LeaseSamples.entity("checkout");

    private final AccessAnswers answers = new AccessAnswers(new CommandNames("acme-"));

    @Test
    void answersAreAsAgreed() {
        Golden.assertMatches("access-help", answers.help(Optional.of(workflow("service-access", "Access"))));
        Golden.assertMatches("access-help-without-form", answers.help(Optional.empty()));
        Golden.assertMatches("access-none", answers.none(found()));
        Golden.assertMatches("access-choose", answers.choose(CHECKOUT,
                List.of(offer("service-access", "Access", "Read", "Operate"), offer("db-access", "Database", "Query")),
                List.of("checkout", "8h")));
        Golden.assertMatches("access-gone", answers.gone(CHECKOUT));
        Golden.assertMatches("access-team", answers.team(PAYMENTS));
        Golden.assertMatches("access-whose", answers.whoseAccess());
        Golden.assertMatches("access-which-request", answers.whichRequest("extend REQ-42 8h"));
        Golden.assertMatches("access-no-duration", answers.noDuration("-8h <!here>"));
        Golden.assertMatches("access-open-again", answers.openAgain(List.of("checkout", "reader")));
    }

    @Test
    void listsAreAsAgreed() {
        Golden.assertMatches("access-mine", answers.mine(List.of(LeaseSamples.active(), LeaseSamples.sandbox(),
                LeaseSamples.troubled(), LeaseSamples.pending(), LeaseSamples.suspended())));
        Golden.assertMatches("access-mine-nothing", answers.mine(List.of()));
        Golden.assertMatches("access-who", answers.who(CHECKOUT, List.of(LeaseSamples.active(),
                LeaseSamples.ending(), LeaseSamples.suspended())));
        Golden.assertMatches("access-who-nobody", answers.who(CHECKOUT, List.of()));
    }

    @Test
    void theOwnersCardOffersAccessToWhoeverMayAskForIt() {
        Golden.assertMatches("owner-askable",
                OwnerCard.of("checkout", found(), new OwnerCard.Reader(true, false, List.of())));
        assertThat(Json.text(OwnerCard.of("checkout", found()).blocks())).doesNotContain(AccessAnswers.ASK);
    }

    @Test
    void refusedExtensionsAreAsAgreed() {
        RequestId request = new RequestId(42);
        Golden.assertSame("extend-refused", Map.of("not-yours", ShortAnswers.notToExtend(), "not-to-promote",
                ShortAnswers.notToPromote(), "over",
                ShortAnswers.overAlready(request), "longest", ShortAnswers.longestAlready(request, LeaseSamples.END),
                "changed", ShortAnswers.otherEnd(request, LeaseSamples.END)));
    }

    @Test
    void longListsStayWithinSlacksLimitsAndMentionNobody() {
        var monsters = IntStream.range(0, 60).mapToObj(i -> LeaseSamples.monstrous()).toList();
        var actives = IntStream.range(0, 60).mapToObj(i -> LeaseSamples.active()).toList();
        for (Rendered message : List.of(answers.mine(monsters), answers.mine(actives), answers.who(CHECKOUT, monsters),
                answers.who(CHECKOUT, actives))) {
            assertThat(Json.text(message.blocks())).doesNotContain("<!channel>").doesNotContain("<https://evil")
                    .contains("more");
            Json.toTree(message.blocks()).findValues("text").stream().filter(JsonNode::isTextual)
                    .forEach(text -> assertThat(text.asText().length()).isBetween(1, 3000));
        }
    }

    private static Ownership.Found found() {
        return new Ownership.Found(CHECKOUT, PAYMENTS, List.of(), List.of(),
                new Ownership.Around(List.of(), List.of()), new Ownership.Activity(List.of(), List.of()));
    }

    private static AccessOffer offer(String name, String title, String... roles) {
        return new AccessOffer(workflow(name, title), CHECKOUT, List.of(roles).stream()
                .map(role -> new AccessOffer.Choice(new Workflow.Role(role.toLowerCase(java.util.Locale.ROOT), role, "",
                        List.of(Duration.ofHours(8)), Map.of(), Optional.empty()), List.of(Duration.ofHours(8))))
                .toList());
    }

    private static Workflow workflow(String name, String title) {
        return new Workflow(name, Workflow.Kind.ACCESS, title, "Lets you in, and out again when the time is up",
                new Workflow.Allow.Everyone(), "platform-requests", List.of(), name, Map.of(),
                new Workflow.Approval(List.of(), List.of(), Duration.ofDays(1)), List.of(), List.of(),
                Optional.empty(), Optional.empty(), "d");
    }
}
