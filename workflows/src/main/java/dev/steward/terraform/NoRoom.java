package dev.steward.terraform;

/** Something failed while the disk was full, and may well succeed once there is room; the message is for people. */
public final class NoRoom extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoRoom(String message) {
        super(message);
    }
}
