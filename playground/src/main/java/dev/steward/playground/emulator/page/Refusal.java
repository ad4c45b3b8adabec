package dev.steward.playground.emulator.page;

/** Why a request of the page is not answered, in words for whoever made it. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    Refusal(int status, String words) {
        super(words);
        this.status = status;
    }

    /** The HTTP status, of the 400s. */
    public int status() {
        return status;
    }
}
