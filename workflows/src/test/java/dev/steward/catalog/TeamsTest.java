package dev.steward.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeamsTest {
    private CatalogKit kit;
    private Person mona;
    private Person theo;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new CatalogKit(folder);
        mona = kit.member("mona");
        theo = kit.member("theo");
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void mirrorsAUserGroupAndRecordsOnlyChanges() {
        kit.slackTeam("payments", mona);
        assertThat(kit.mirror("payments", mona)).isEqualTo(new Mirrored(Set.of(), Set.of(), Set.of()));
        assertThat(kit.mirror("payments", theo))
                .isEqualTo(new Mirrored(Set.of(theo.id()), Set.of(mona.id()), Set.of()));

        assertThat(kit.actions()).containsExactly("team.create", "team.members", "team.members");
        assertThat(kit.factsOf("team.members"))
                .isEqualTo("{\"added\":[%d],\"removed\":[%d],\"source\":\"slack:S-payments\"}".formatted(theo.id(),
                        mona.id()));
        assertThat(eligible(Principal.team("payments"))).containsExactly(theo.id());
    }

    @Test
    void namesAccountsThatNobodyHasMet() {
        kit.slackTeam("payments");
        var stranger = CatalogKit.account("new");

        var mirrored = kit.write(h -> kit.teams().mirror(h, new TeamSource.SlackGroup("S-payments"), Set.of(stranger)));

        assertThat(mirrored.unknown()).containsExactly(stranger);
        assertThat(eligible(Principal.team("payments"))).isEmpty();
    }

    @Test
    void namesAnAdministratorWhomSlackHasNotToldUsAbout() {
        var lena = CatalogKit.account("lena");
        kit.write(h -> kit.people().makeAdmin(h, CatalogKit.OPERATOR, lena));
        kit.slackTeam("platform", mona);

        Mirrored mirrored = kit.write(
                h -> kit.teams().mirror(h, new TeamSource.SlackGroup("S-platform"), Set.of(lena)));

        assertThat(mirrored.added()).hasSize(1);
        assertThat(mirrored.unknown()).containsExactly(lena);
        assertThat(eligible(Principal.team("platform"))).isEmpty();
    }

    @Test
    void membersCountForNothingWhenTheyAreOlderThanThirtyMinutes() {
        kit.slackTeam("payments", mona);

        kit.pass(Teams.FRESH);
        assertThat(eligible(Principal.team("payments"))).containsExactly(mona.id());

        kit.pass(Duration.ofMillis(1));
        assertThat(eligible(Principal.team("payments"))).isEmpty();

        kit.mirror("payments", mona);
        assertThat(eligible(Principal.team("payments"))).containsExactly(mona.id());
    }

    @Test
    void aTeamThatWasNeverMirroredHasNobody() {
        kit.write(h -> kit.teams().create(h, CatalogKit.OPERATOR, "payments", "Payments", TeamSource.slackGroup("S1"),
                Optional.empty()));
        kit.write(h -> h.execute("INSERT INTO team_member SELECT id, ? FROM team", mona.id()));

        assertThat(eligible(Principal.team("payments"))).isEmpty();
    }

    @Test
    void onlyMembersOfTheWorkspaceAreEligible() {
        Person guest = kit.met("guest", Standing.GUEST);
        Person bot = kit.met("bot", Standing.BOT);
        Person stranger = kit.met("stranger", Standing.STRANGER);
        Team team = kit.slackTeam("payments", mona, guest, bot, stranger);
        kit.write(h -> kit.people().deactivated(h, CatalogKit.account("mona")));

        assertThat(eligible(Principal.team("payments"))).isEmpty();
        assertThat(kit.list(h -> kit.teams().members(h, team(team), kit.instant()))).hasSize(4);
        assertThat(eligible(Principal.person("theo"))).containsExactly(theo.id());
        assertThat(eligible(Principal.person("guest"))).isEmpty();
    }

    @Test
    void ownersAreTheMembersOfTheOwnerTeam() {
        kit.slackTeam("payments", mona);
        kit.slackTeam("platform", theo);
        kit.service("checkout", "payments");

        assertThat(eligible(Principal.owners("Checkout"))).containsExactly(mona.id());
        assertThat(eligible(Principal.owners("platform"))).as("a team owns itself").containsExactly(theo.id());
        assertThat(eligible(Principal.owners("unknown"))).isEmpty();
        assertThat(eligible(Principal.team("unknown"))).isEmpty();
        assertThat(eligible(Principal.person("unknown"))).isEmpty();
    }

    @Test
    void aNameWithTwoOwnersHasNobody() {
        kit.slackTeam("payments", mona);
        kit.service("checkout", "payments");
        kit.slackTeam("checkout", theo);

        assertThat(eligible(Principal.owners("checkout"))).isEmpty();
    }

    @Test
    void aTeamThatGetsAnotherSourceLosesItsMembers() {
        kit.slackTeam("payments", mona);

        Team bound = kit.write(h -> kit.teams().bind(h, CatalogKit.OPERATOR, "payments", "Payments",
                TeamSource.IMPORT, Optional.empty()));

        assertThat(bound.source()).isEqualTo(TeamSource.IMPORT);
        assertThat(bound.seenAt()).isEmpty();
        assertThat(eligible(Principal.team("payments"))).isEmpty();
        assertThat(kit.actions()).endsWith("team.bind");
    }

    @Test
    void bindingAgainToTheSameSourceKeepsEverything() {
        kit.slackTeam("payments", mona);

        Team bound = kit.write(h -> kit.teams().bind(h, CatalogKit.OPERATOR, "Payments", "All payments",
                TeamSource.slackGroup("S-payments"), Optional.of("pay")));

        assertThat(bound.title()).isEqualTo("All payments");
        assertThat(bound.channel()).contains("pay");
        assertThat(eligible(Principal.team("payments"))).containsExactly(mona.id());
        assertThat(kit.actions()).doesNotContain("team.bind");
    }

    @Test
    void findsTeamsByPrefixFirst() {
        kit.slackTeam("payments");
        kit.slackTeam("repay");
        kit.slackTeam("search");

        assertThat(kit.read(h -> kit.teams().search(h, "Pay", 10)).stream().map(Team::name)).containsExactly("payments",
                "repay");
        assertThat(kit.list(h -> kit.teams().search(h, "", 2))).hasSize(2);
        assertThat(kit.list(h -> kit.teams().search(h, "%", 10))).isEmpty();
    }

    @Test
    void listsTheTeamsOfAPersonAndTheGroupsToMirror() {
        kit.slackTeam("payments", mona);
        kit.slackTeam("platform", mona, theo);
        kit.write(h -> kit.teams().create(h, CatalogKit.OPERATOR, "files", "Files", TeamSource.IMPORT,
                Optional.empty()));

        assertThat(kit.read(h -> kit.teams().teamsOf(h, mona.id())).stream().map(Team::name))
                .isEqualTo(List.of("payments", "platform"));
        assertThat(kit.set(kit.teams()::sources)).containsExactly(new TeamSource.SlackGroup("S-payments"),
                new TeamSource.SlackGroup("S-platform"));
        assertThat(kit.list(kit.teams()::all)).hasSize(3);
    }

    @Test
    void refusesNamesThatAreNone() {
        assertThatThrownBy(() -> kit.write(h -> kit.teams().create(h, CatalogKit.OPERATOR, "no spaces", "x",
                TeamSource.IMPORT, Optional.empty()))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TeamSource.parse("ldap")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void describesPrincipalsForPeople() {
        assertThat(Teams.describe(Principal.team("payments"))).isEqualTo("team payments");
        assertThat(Teams.describe(Principal.owners("checkout"))).isEqualTo("the owners of checkout");
        assertThat(Teams.describe(Principal.person("mona"))).isEqualTo("mona");
    }

    private Team team(Team team) {
        return kit.read(h -> kit.teams().byName(h, team.name())).orElseThrow();
    }

    private Set<Long> eligible(Principal principal) {
        return kit.read(h -> kit.teams().eligible(h, principal, kit.instant()));
    }
}
