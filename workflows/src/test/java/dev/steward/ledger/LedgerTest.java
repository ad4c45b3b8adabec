package dev.steward.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.database.Database;
import dev.steward.database.FreshDatabase;
import dev.steward.database.TestClock;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    @TempDir
    Path home;
    private Database database;
    private final Ledger ledger = new Ledger(new TestClock());

    @BeforeEach
    void open() {
        database = FreshDatabase.open(home.resolve("steward.db"));
        database.writing(h -> {
            ledger.append(h, new Actor.Operator("ops"), "steward.init", "steward", Map.of());
            ledger.append(h, new Actor.SlackUser("T1", "U1"), "request.submit", "REQ-1", Map.of("workflow", "x"));
            ledger.append(h, Actor.STEWARD, "run.planning", "RUN-1", Map.of("attempt", 1));
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void chainsEachEntryToTheOneBefore() {
        var entries = database.read(h -> ledger.after(h, 0, 10));
        assertThat(entries).extracting(Entry::seq).containsExactly(1L, 2L, 3L);
        assertThat(entries.getFirst().previousHash()).isEmpty();
        assertThat(entries.get(2).previousHash()).isEqualTo(entries.get(1).hash());
        assertThat(database.<Verification>read(h -> ledger.verify(h, Optional.empty())))
                .isEqualTo(new Verification.Intact(new Entry.Head(3, entries.get(2).hash())));
    }

    @Test
    void refusesToUpdateDeleteReplaceOrInsertOutOfOrder() {
        for (String statement : new String[]{"UPDATE ledger SET actor = 'x' WHERE seq = 1",
                "DELETE FROM ledger WHERE seq = 3",
                "INSERT OR REPLACE INTO ledger SELECT seq, at, 'x', action, subject, facts, prev_hash, hash FROM ledger WHERE seq = 3",
                "INSERT INTO ledger VALUES (9, 1, 'x', 'x', 'x', '{}', '', 'h')",
                "INSERT INTO ledger VALUES (4, 1, 'x', 'x', 'x', '{}', 'other', 'h')"}) {
            assertThatThrownBy(() -> database.writing(h -> h.execute(statement))).as(statement)
                    .hasMessageContaining("append-only");
        }
    }

    @Test
    void noticesAnAlteredEntryEvenWhenTheTriggersWereDropped() {
        database.writing(h -> {
            h.execute("DROP TRIGGER ledger_refuses_update");
            h.execute("UPDATE ledger SET facts = '{\"workflow\":\"y\"}' WHERE seq = 2");
        });
        assertThat(database.<Verification>read(h -> ledger.verify(h, Optional.empty())))
                .isEqualTo(new Verification.Broken(2, "was altered: its content does not match its hash"));
    }

    @Test
    void noticesAMissingEntryAndAMissingEnd() {
        Entry.Head head = database.read(ledger::head);
        database.writing(h -> {
            h.execute("DROP TRIGGER ledger_refuses_delete");
            h.execute("DELETE FROM ledger WHERE seq = 3");
        });
        assertThat(database.<Verification>read(h -> ledger.verify(h, Optional.of(head))))
                .isEqualTo(new Verification.Broken(3, "is not the one that was witnessed"));
        database.writing(h -> h.execute("DELETE FROM ledger WHERE seq = 1"));
        assertThat(database.<Verification>read(h -> ledger.verify(h, Optional.empty())))
                .isEqualTo(new Verification.Broken(1, "is missing"));
    }

    @Test
    void standsOrFallsWithWhatItRecords() {
        assertThatThrownBy(() -> database.writing(h -> {
            ledger.append(h, Actor.STEWARD, "x.y", "X", Map.of());
            throw new IllegalStateException("no");
        })).hasMessage("no");
        assertThat(database.read(ledger::head).seq()).isEqualTo(3);
    }

    @Test
    void readsEveryActorBackFromItsStoredForm() {
        for (Actor actor : new Actor[]{Actor.STEWARD, new Actor.Operator("ops"), new Actor.SlackUser("T1", "U1")}) {
            assertThat(Actor.parse(actor.text())).isEqualTo(actor);
        }
        assertThatThrownBy(() -> Actor.parse("nobody")).hasMessageContaining("nobody");
    }
}
