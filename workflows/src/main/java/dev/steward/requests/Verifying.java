package dev.steward.requests;

import dev.steward.modules.ModuleCheck;
import dev.steward.terraform.ProbeResult;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunFailure;
import java.util.List;
import java.util.Optional;

/** Makes sure that what Terraform says is gone is gone, where the module has a probe. */
final class Verifying {
    private final RequestParts parts;

    Verifying(RequestParts parts) {
        this.parts = parts;
    }

    /** Why it cannot be said that nothing is left; empty when it can. Takes as long as Terraform takes to look. */
    Optional<RunFailure> left(Run run) throws InterruptedException {
        return switch (parts.rules().module(run.module())) {
            case ModuleCheck.Unusable unusable -> Optional.of(RunFailure.of(
                    "Nobody can look whether anything is left of it: " + unusable.reason()));
            case ModuleCheck.Usable module -> left(parts.runner().probe(run, parts.rules().prepared(module)));
        };
    }

    private static Optional<RunFailure> left(ProbeResult result) {
        return switch (result) {
            case ProbeResult.None _ -> Optional.empty();
            case ProbeResult.Clear _ -> Optional.empty();
            case ProbeResult.Found(List<String> what) -> Optional.of(new RunFailure(
                    "Terraform says that all of it is gone, and yet the module's probe finds " + what.size()
                            + " of it.",
                    what, List.of()));
            case ProbeResult.Failed(String why) -> Optional.of(RunFailure.of(
                    "Terraform says that all of it is gone, but the module's probe could not look: " + why + "."));
        };
    }
}
