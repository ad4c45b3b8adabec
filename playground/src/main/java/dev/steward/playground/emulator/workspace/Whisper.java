package dev.steward.playground.emulator.workspace;

import java.util.Optional;

/** An ephemeral message: only one person sees it, and no method can read it back. */
public record Whisper(String channelId, String ts, String personId, Optional<String> threadTs, Content content) {
    Whisper saying(Content changed) {
        return new Whisper(channelId, ts, personId, threadTs, changed);
    }
}
