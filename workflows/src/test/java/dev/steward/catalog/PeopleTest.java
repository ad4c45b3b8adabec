package dev.steward.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.ledger.Actor;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleTest {
    private CatalogKit kit;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new CatalogKit(folder);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void keepsNumberAndNameWhenTheAccountIsRenamed() {
        Person mona = kit.member("mona");
        var renamed = new SlackProfile(CatalogKit.WORKSPACE, "UMONA", "boss", "The Boss", Optional.of("m@example.org"),
                Standing.MEMBER);

        Person again = kit.write(h -> kit.people().meet(h, renamed));

        assertThat(again.id()).isEqualTo(mona.id());
        assertThat(again.name()).isEqualTo("mona");
        assertThat(again.displayName()).isEqualTo("The Boss");
        assertThat(again.email()).contains("m@example.org");
    }

    @Test
    void tellsPeopleOfTwoWorkspacesApart() {
        Person here = kit.member("mona");

        Person there = kit.write(h -> kit.people().meet(h,
                new SlackProfile("T2", "UMONA", "mona", "Mona", Optional.empty(), Standing.STRANGER)));

        assertThat(there.id()).isNotEqualTo(here.id());
        assertThat(there.name()).isEqualTo("mona-umona");
        assertThat(there.mayAct()).isFalse();
    }

    @Test
    void givesEveryOneAnotherNameHoweverManyCollide() {
        for (int i = 0; i < 4; i++) {
            String workspace = "T" + i;
            kit.write(h -> kit.people().meet(h,
                    new SlackProfile(workspace, "U1", "Élan Vital!", "E", Optional.empty(), Standing.MEMBER)));
        }

        assertThat(kit.list(h -> h.createQuery("SELECT name FROM person ORDER BY id").mapTo(String.class).list()))
                .containsExactly("lan-vital", "lan-vital-u1", "lan-vital-u1-2", "lan-vital-u1-3");
    }

    @Test
    void namesByTheAccountWhenNothingOfTheNameCanStay() {
        Person person = kit.write(h -> kit.people().meet(h,
                new SlackProfile("T1", "U77", "山田", "山田", Optional.empty(), Standing.MEMBER)));

        assertThat(person.name()).isEqualTo("u77");
        assertThat(person.displayName()).isEqualTo("山田");
    }

    @Test
    void recordsAChangedStandingOnce() {
        kit.member("mona");

        kit.met("mona", Standing.GUEST);
        kit.met("mona", Standing.GUEST);

        assertThat(kit.actions()).containsExactly("person.standing");
        assertThat(kit.read(h -> kit.people().byName(h, "MONA")).orElseThrow().mayAct()).isFalse();
    }

    @Test
    void deactivatesOnce() {
        kit.member("mona");

        assertThat(kit.<Boolean>write(h -> kit.people().deactivated(h, CatalogKit.account("mona")))).isTrue();
        assertThat(kit.<Boolean>write(h -> kit.people().deactivated(h, CatalogKit.account("mona")))).isFalse();
        assertThat(kit.<Boolean>write(h -> kit.people().deactivated(h, CatalogKit.account("nobody")))).isFalse();
        assertThat(kit.read(h -> kit.people().byName(h, "mona")).orElseThrow().standing())
                .isEqualTo(Standing.DEACTIVATED);
    }

    @Test
    void doesNotTakeAnImportedPersonForSomebodyWithTheSameName() {
        long imported = kit.write(h -> kit.people().insertFromFile(h, "mona", "Mona", Optional.of("m@example.org")));

        Person met = kit.write(h -> kit.people().meet(h, new SlackProfile("T1", "UMONA", "mona", "Mona",
                Optional.of("m@example.org"), Standing.MEMBER)));

        assertThat(met.id()).isNotEqualTo(imported);
        assertThat(met.name()).isEqualTo("mona-umona");
    }

    @Test
    void linksAnImportedPersonWhomNobodyHasMet() {
        long imported = kit.write(h -> kit.people().insertFromFile(h, "mona", "Mona", Optional.empty()));

        var outcome = link(CatalogKit.OPERATOR, "Mona", CatalogKit.account("mona"));

        assertThat(outcome).isInstanceOfSatisfying(LinkOutcome.Linked.class, linked -> {
            assertThat(linked.person().id()).isEqualTo(imported);
            assertThat(linked.person().mayAct()).as("until Slack tells the standing").isFalse();
        });
        assertThat(kit.member("mona").id()).isEqualTo(imported);
        assertThat(kit.actions()).containsExactly("person.link", "person.standing");
    }

    @Test
    void linkingJoinsTheMetPersonAndTheImportedOne() {
        kit.write(h -> kit.teams().create(h, CatalogKit.OPERATOR, "payments", "Payments", TeamSource.IMPORT,
                Optional.empty()));
        long imported = kit.write(h -> kit.people().insertFromFile(h, "mona", "Mona", Optional.empty()));
        kit.write(h -> h.execute("INSERT INTO team_member SELECT id, ? FROM team", imported));
        Person met = kit.member("mona");

        link(CatalogKit.OPERATOR, "mona", CatalogKit.account("mona"));

        Person joined = kit.read(h -> kit.people().byName(h, "mona")).orElseThrow();
        assertThat(joined.id()).isEqualTo(met.id());
        assertThat(kit.find(h -> kit.people().byId(h, imported))).isEmpty();
        assertThat(kit.set(h -> kit.teams().eligible(h, Principal.team("payments"), kit.instant())))
                .containsExactly(met.id());
    }

    @Test
    void linksOnlyOnceAndOnlyByAnAdmin() {
        kit.write(h -> kit.people().insertFromFile(h, "mona", "Mona", Optional.empty()));
        kit.write(h -> kit.people().insertFromFile(h, "theo", "Theo", Optional.empty()));
        kit.member("lena");

        assertThat(link(CatalogKit.account("lena"), "mona", CatalogKit.account("lena")))
                .isEqualTo(new LinkOutcome.NotAllowed());
        assertThat(link(CatalogKit.OPERATOR, "nobody", CatalogKit.account("lena")))
                .isEqualTo(new LinkOutcome.NoSuchPerson("nobody"));
        assertThat(link(CatalogKit.OPERATOR, "mona", CatalogKit.account("lena")))
                .isInstanceOf(LinkOutcome.Linked.class);
        assertThat(link(CatalogKit.OPERATOR, "mona", CatalogKit.account("lena")))
                .isInstanceOf(LinkOutcome.Linked.class);
        assertThat(link(CatalogKit.OPERATOR, "mona", CatalogKit.account("other")))
                .isInstanceOf(LinkOutcome.AlreadyLinked.class);
        assertThat(link(CatalogKit.OPERATOR, "theo", CatalogKit.account("lena")))
                .isInstanceOf(LinkOutcome.AlreadyLinked.class);
        assertThat(kit.actions()).containsExactly("person.link");
    }

    @Test
    void makesAnAdminBeforeTheAccountWasMet() {
        Person admin = kit.write(h -> kit.people().makeAdmin(h, CatalogKit.OPERATOR, CatalogKit.account("mona")));
        assertThat(admin.admin()).isTrue();
        assertThat(admin.mayAct()).isFalse();

        Person met = kit.member("mona");

        assertThat(met.id()).isEqualTo(admin.id());
        assertThat(met.name()).isEqualTo("mona");
        assertThat(met.admin()).isTrue();
        assertThat(kit.actions()).containsExactly("person.admin", "person.standing");
        assertThat(kit.<Boolean>read(h -> kit.people().administers(h, CatalogKit.account("mona")))).isTrue();
    }

    @Test
    void onlyAdminsMakeAdmins() {
        kit.member("lena");

        assertThatThrownBy(() -> kit
                .write(h -> kit.people().makeAdmin(h, CatalogKit.account("lena"), CatalogKit.account("lena"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(kit.actions()).isEmpty();
    }

    private LinkOutcome link(Actor actor, String name, Actor.SlackUser account) {
        return kit.write(h -> kit.people().link(h, actor, name, account));
    }
}
