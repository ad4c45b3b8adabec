package dev.steward.modules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Refuses blocks that reach past the plan: backends, provisioners, reading data sources, unpinned sources. */
final class BlockRules {
    private static final String PINS = "use `./folder`, a registry module with an exact `version`, or git:: with ?ref= and a full commit";
    private static final Pattern EXACT = Pattern.compile("(= *)?\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?");
    private static final Pattern GIT_COMMIT = Pattern
            .compile("git::(https|ssh)://[^?]+\\?(.*&)?ref=[0-9a-f]{40}(&.*)?");
    private static final Pattern REGISTRY = Pattern.compile("([A-Za-z0-9.-]+/)?[\\w-]+/[\\w-]+/[\\w-]+(//[\\w./-]+)?");

    private final Manifest manifest;
    private final List<Finding> findings = new ArrayList<>();

    private BlockRules(Manifest manifest) {
        this.manifest = manifest;
    }

    static List<Finding> findings(List<HclFile> files, Manifest manifest) {
        var rules = new BlockRules(manifest);
        files.forEach(file -> file.body().everything().forEach(block -> rules.look(file, block)));
        boolean pinned = files.stream().filter(f -> FileRules.isRoot(f.path()))
                .flatMap(f -> f.body().blocks("terraform"))
                .anyMatch(b -> b.attribute("required_version").isPresent());
        if (!pinned) {
            rules.findings.add(Finding.of("versions.tf", "no `required_version` is set",
                    "add `terraform { required_version = \">= 1.11.0, < 2.0.0\" }`"));
        }
        return rules.findings;
    }

    private void look(HclFile file, HclBlock block) {
        switch (block.type()) {
            case "terraform" -> backends(file, block);
            case "provisioner" -> exemptable(file, block, "provisioner", "runs a command that no plan shows");
            case "dynamic" -> dynamic(file, block);
            case "data", "ephemeral" -> data(file, block);
            case "module" -> source(file, block);
            default -> {
            }
        }
        if (block.type().equals("mock_provider")) {
            source(file, block);
        }
    }

    private void backends(HclFile file, HclBlock block) {
        block.blocks().stream().filter(b -> b.type().equals("backend") || b.type().equals("cloud"))
                .forEach(b -> add(file, b.line(), "has a `" + b.type() + "` block",
                        "remove it: Steward keeps the state itself"));
    }

    private void dynamic(HclFile file, HclBlock block) {
        if (block.label(0).equals("provisioner")) {
            exemptable(file, block, "provisioner", "runs a command that no plan shows");
        }
    }

    private void data(HclFile file, HclBlock block) {
        switch (block.label(0)) {
            case "external" -> exemptable(file, block, "data.external", "runs a program while planning");
            case "http" -> exemptable(file, block, "data.http", "calls an address while planning");
            case "terraform_remote_state" -> exemptable(file, block, "data.terraform_remote_state",
                    "reads the state of something else, with all secrets in it");
            default -> {
            }
        }
    }

    private void exemptable(HclFile file, HclBlock block, String use, String what) {
        if (!manifest.exempts(use)) {
            add(file, block.line(), "`" + block.title() + "` " + what,
                    "remove it, or say why under `exemptions` in module.yaml (use: " + use + ")");
        }
    }

    private void source(HclFile file, HclBlock block) {
        var source = block.attribute("source");
        if (source.isEmpty()) {
            if (block.type().equals("module")) {
                add(file, block.line(), "`" + block.title() + "` has no source", PINS);
            }
            return;
        }
        int line = source.get().line();
        String text = source.get().literal().orElse("");
        if (text.isEmpty()) {
            add(file, line, "a source is not a plain string", PINS);
        } else if (text.startsWith("/") || text.startsWith("~") || text.contains("file:")
                || text.matches("[A-Za-z]:[/\\\\].*")) {
            add(file, line, "the source `" + text + "` is absolute",
                    "put the files into the module and use `./folder`");
        } else if (text.contains("..")) {
            add(file, line, "the source `" + text + "` contains `..`",
                    "put the files into the module and use `./folder`");
        } else if (!text.startsWith("./") && !pinned(text, block)) {
            add(file, line, "the source `" + text + "` is not pinned", PINS);
        }
    }

    private static boolean pinned(String source, HclBlock block) {
        String version = block.attribute("version").flatMap(HclBlock.Value::literal).orElse("");
        return GIT_COMMIT.matcher(source).matches()
                || (REGISTRY.matcher(source).matches() && EXACT.matcher(version.strip()).matches());
    }

    private void add(HclFile file, int line, String what, String advice) {
        findings.add(Finding.at(file.path(), line, what, advice));
    }
}
