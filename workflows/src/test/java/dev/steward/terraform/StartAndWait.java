package dev.steward.terraform;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Steward in small, for tests that kill it: starts a command in a run folder and waits to be killed. */
final class StartAndWait {
    private StartAndWait() {}

    /** Arguments: run folder, then the command. The environment is passed on as it is. */
    public static void main(String[] args) throws InterruptedException {
        RunFolder folder = new RunFolder(Path.of(args[0]));
        TerraformProcess.start(folder, List.of(args).subList(1, args.length), Map.copyOf(System.getenv()));
        System.out.println("started");
        Thread.currentThread().join();
    }
}
