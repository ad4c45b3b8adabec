package dev.steward.bot;

import dev.steward.modules.ModuleRegistry;
import dev.steward.modules.Vetting;
import dev.steward.terraform.EnvironmentPolicy;
import dev.steward.terraform.TerraformCli;
import java.nio.file.Path;

/** Builds Terraform's command line and the registry of modules from the settings. */
public final class Modules {
    private Modules() {}

    /** The registry over the settings' folder of modules, with its copies in the home. */
    public static ModuleRegistry of(Settings settings, Home home, Stores stores) {
        return new ModuleRegistry(stores.database(), stores.ledger(),
                new Vetting(terraform(settings, home), settings.organisation().providers()),
                settings.places().modules(), home.modules());
    }

    /** Terraform's command line; where the settings name none, whatever runs it is told what to install. */
    public static TerraformCli terraform(Settings settings, Home home) {
        return new TerraformCli(settings.places().terraform().orElse(Path.of("terraform")), home.terraformSettings(),
                EnvironmentPolicy.ofThisProcess());
    }
}
