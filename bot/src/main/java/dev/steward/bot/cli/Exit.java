package dev.steward.bot.cli;

/** The exit codes. */
final class Exit {
    static final int OK = 0;
    /** The thing that was checked or asked for is wrong. */
    static final int WRONG = 1;
    /** The command, the settings or the home cannot be used like this. */
    static final int USAGE = 2;
    /** Steward itself failed. */
    static final int BROKEN = 3;

    private Exit() {}
}
