package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Database;
import dev.steward.database.Json;
import dev.steward.database.SealedColumn;
import dev.steward.database.Sealer;
import dev.steward.database.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * States that are larger than a piece, stored and read piece by piece: no more than a few pieces are ever in memory, and
 * each is written in a transaction of its own, so that nobody waits long for the writer. A transfer that is not finished
 * is of no version, and is removed with the next one.
 */
final class StatePieces {
    static final SealedColumn SEALED = new SealedColumn("state_piece", "body", List.of("id"),
            "'state-piece:' || upload || ':' || number");
    /** The largest state that is stored as one. */
    static final int PIECE = 1 << 20;
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Sealer sealer;
    private final InstantSource clock;

    StatePieces(Sealer sealer, InstantSource clock) {
        this.sealer = sealer;
        this.clock = clock;
    }

    /** Where a piece is stored. */
    record Ref(String upload, int number) {
        String context() {
            return "state-piece:" + upload + ":" + number;
        }
    }

    /**
     * A state all of whose pieces are stored, and which is of no version yet.
     *
     * @param sha256
     *            of the whole in clear
     */
    record Uploaded(String upload, List<Ref> pieces, long bytes, String sha256, StateFile state) {
        byte[] list() {
            return list(pieces, bytes);
        }

        static byte[] list(List<Ref> pieces, long bytes) {
            var list = new ArrayList<List<Object>>();
            pieces.forEach(piece -> list.add(List.of(piece.upload(), piece.number())));
            return Json.text(java.util.Map.of("pieces", list, "bytes", bytes)).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** What a version's body says when its state is in pieces. */
    record Listed(List<Ref> pieces, long bytes) {
        static Listed parse(byte[] list) {
            JsonNode tree = Json.tree(new String(list, StandardCharsets.UTF_8));
            var pieces = new ArrayList<Ref>();
            tree.path("pieces").forEach(p -> pieces.add(new Ref(p.path(0).asText(), p.path(1).asInt())));
            return new Listed(List.copyOf(pieces), tree.path("bytes").asLong());
        }
    }

    /**
     * Stores what comes in and reads it on the way.
     *
     * @throws IOException
     *             if it cannot be read to its end; nothing is left of it then
     * @throws StateFile.Unreadable
     *             if it is not a state; nothing is left of it then
     */
    Uploaded take(Database database, StackId stack, InputStream in) throws IOException {
        database.writing(h -> sweep(h, stack));
        Transfer transfer = new Transfer(database, stack, in);
        boolean whole = false;
        try {
            StateFile state = readThrough(transfer);
            transfer.finish();
            whole = true;
            return new Uploaded(transfer.upload, List.copyOf(transfer.pieces), transfer.bytes,
                    HexFormat.of().formatHex(transfer.digest.digest()), state);
        } finally {
            if (!whole) {
                database.writing(h -> forget(h, transfer.upload));
            }
        }
    }

    /** A reader that stops early, or meets a broken connection, must not pass for one that found no state. */
    private static StateFile readThrough(Transfer transfer) throws IOException {
        try {
            StateFile state = StateFile.read(transfer);
            transfer.transferTo(OutputStream.nullOutputStream());
            return state;
        } catch (StateFile.Unreadable e) {
            transfer.transferTo(OutputStream.nullOutputStream());
            throw e;
        }
    }

    /** Forgets a transfer that became no version. */
    void forget(Handle handle, String upload) {
        handle.createUpdate("""
                DELETE FROM state_piece WHERE upload = :upload
                    AND NOT EXISTS (SELECT 1 FROM state_version WHERE upload = :upload)""").bind("upload", upload)
                .execute();
    }

    /** Pieces of transfers that are of no version, older than that; a few, empty when there are none. */
    List<Long> spent(Handle handle, Instant before) {
        return handle.createQuery("""
                SELECT id FROM state_piece WHERE created_at < :before
                    AND upload NOT IN (SELECT upload FROM state_version WHERE upload IS NOT NULL)
                ORDER BY id LIMIT :most""").bind("before", before.toEpochMilli())
                .bind("most", RunTables.DROPPED_AT_ONCE / PIECE).mapTo(Long.class).list();
    }

    /** Drops pieces. */
    int drop(Handle handle, List<Long> ids) {
        return handle.createUpdate("DELETE FROM state_piece WHERE id IN (<ids>)").bindList("ids", ids).execute();
    }

    private void sweep(Handle handle, StackId stack) {
        handle.createUpdate("""
                DELETE FROM state_piece WHERE stack = :stack AND created_at < :before
                    AND upload NOT IN (SELECT upload FROM state_version WHERE upload IS NOT NULL)""")
                .bind("stack", stack.value()).bind("before", clock.millis() - ABANDONED.toMillis()).execute();
    }

    /** Stores one piece in the caller's transaction. */
    Ref insert(Handle handle, StackId stack, Ref ref, byte[] sealed) {
        handle.createUpdate("""
                INSERT INTO state_piece (stack, upload, number, body, created_at)
                VALUES (:stack, :upload, :number, :body, :now)""").bind("stack", stack.value())
                .bind("upload", ref.upload()).bind("number", ref.number()).bind("body", sealed)
                .bind("now", clock.millis()).execute();
        return ref;
    }

    byte[] seal(Ref ref, byte[] clear) {
        return sealer.seal(clear, ref.context());
    }

    /** One piece in clear. */
    byte[] read(Handle handle, Ref ref) {
        byte[] sealed = handle.createQuery("SELECT body FROM state_piece WHERE upload = :upload AND number = :number")
                .bind("upload", ref.upload()).bind("number", ref.number()).mapTo(byte[].class).one();
        return sealer.open(sealed, ref.context());
    }

    /** A name for a new transfer. */
    static String newUpload() {
        return UUID.randomUUID().toString();
    }

    /** Passes the state on to its reader, and stores what went by. */
    private final class Transfer extends InputStream {
        private final Database database;
        private final StackId stack;
        private final InputStream in;
        private final String upload = newUpload();
        private final List<Ref> pieces = new ArrayList<>();
        private final MessageDigest digest = Sha256.digest();
        private final byte[] piece = new byte[PIECE];
        private int filled;
        private long bytes;

        Transfer(Database database, StackId stack, InputStream in) {
            this.database = database;
            this.stack = stack;
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, Math.min(length, PIECE - filled));
            if (count > 0) {
                System.arraycopy(buffer, offset, piece, filled, count);
                digest.update(buffer, offset, count);
                filled += count;
                bytes += count;
                if (filled == PIECE) {
                    store();
                }
            }
            return count;
        }

        /** Its reader closes it before it is through. */
        @Override
        public void close() {
            // The rest is still to come.
        }

        void finish() {
            if (filled > 0) {
                store();
            }
        }

        private void store() {
            Ref ref = new Ref(upload, pieces.size());
            byte[] sealed = seal(ref, filled == PIECE ? piece : java.util.Arrays.copyOf(piece, filled));
            database.writing(h -> insert(h, stack, ref, sealed));
            pieces.add(ref);
            filled = 0;
        }
    }

    /** A state in pieces, on its way out; each piece is read when it is its turn. */
    record Content(Database database, StatePieces store, Listed list) implements StateProtocol.Content {
        @Override
        public long bytes() {
            return list.bytes();
        }

        @Override
        public void writeTo(OutputStream out) {
            for (Ref piece : list.pieces()) {
                byte[] clear = database.read(h -> store.read(h, piece));
                try {
                    out.write(clear);
                } catch (IOException e) {
                    throw new UncheckedIOException("the reader of a state went away", e);
                }
            }
        }
    }
}
