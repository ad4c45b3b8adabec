package dev.steward.terraform;

import java.util.List;

/** One Terraform subcommand with its options: what stands after the binary, as a list, never as a line for a shell. */
public sealed interface Command
        permits ApplyCommand, FormatCommand, InitCommand, PlanCommand, ShowCommand, TestCommand, ValidateCommand,
        VersionCommand {

    /** The subcommand's name. */
    String name();

    /** The arguments, beginning with the subcommand's name. */
    List<String> arguments();
}
