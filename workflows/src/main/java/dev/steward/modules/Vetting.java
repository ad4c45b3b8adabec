package dev.steward.modules;

import dev.steward.terraform.PreparedModule;
import dev.steward.terraform.TerraformCli;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Decides whether a module may be accepted. It looks at a private copy, so that what was looked at is what the digest
 * names; Terraform runs on it only when nothing in it was refused before.
 */
public final class Vetting {
    private final TerraformCli terraform;
    private final Set<String> providers;

    /**
     * Vetting with the Terraform given.
     *
     * @param providers
     *            full addresses of the providers that modules may use, for example
     *            {@code registry.terraform.io/hashicorp/aws}; the built-in one always may be used
     */
    public Vetting(TerraformCli terraform, Set<String> providers) {
        this.terraform = terraform;
        this.providers = Set.copyOf(providers);
    }

    /** What vetting found. */
    public sealed interface Outcome {
        /**
         * Nothing speaks against the module.
         *
         * @param digest
         *            of exactly what was vetted
         */
        record Passed(ModuleDescriptor descriptor, String digest) implements Outcome {}

        /** The module may not be accepted; all that was found is in the list. */
        record Refused(List<Finding> findings) implements Outcome {
            public Refused {
                findings = List.copyOf(findings);
            }
        }
    }

    /**
     * Vets the module in the folder, which bears its name. Takes about a second for a small module.
     *
     * @throws IOException
     *             if the folder cannot be read
     */
    public Outcome vet(Path folder) throws IOException, InterruptedException {
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        if (!ModuleFiles.MODULE_NAME.matcher(name).matches()) {
            return refused(Finding.of(".", "`" + name + "` is no name of a module",
                    "use lower case letters, digits and dashes, beginning with a letter"));
        }
        ModuleTree tree = ModuleTree.read(folder);
        if (!tree.problems().isEmpty()) {
            return new Outcome.Refused(tree.problems());
        }
        Path scratch = Files.createTempDirectory("steward-vetting-");
        try {
            Path copy = scratch.resolve(name);
            Folders.copy(tree, copy);
            return vet(ModuleTree.read(copy), name, scratch);
        } finally {
            Folders.delete(scratch);
        }
    }

    private Outcome vet(ModuleTree tree, String name, Path scratch) throws IOException, InterruptedException {
        List<Finding> findings = new ArrayList<>(FileRules.findings(tree));
        List<HclFile> files = hcl(tree, findings);
        Manifest manifest;
        switch (ModuleFiles.read(tree.root(), name)) {
            case ModuleFiles.Reading.NotUnderstood refused -> {
                findings.addAll(refused.findings());
                return new Outcome.Refused(findings);
            }
            case ModuleFiles.Reading.Understood understood -> manifest = understood.manifest();
        }
        findings.addAll(BlockRules.findings(files, manifest));
        findings.addAll(FunctionRules.findings(files, tree));
        findings.addAll(ProviderRules.findings(files, providers));
        findings.addAll(VariableRules.findings(files, manifest));
        findings.addAll(ProbeRules.findings(files, manifest));
        if (findings.isEmpty()) {
            var checks = new TerraformChecks(terraform, scratch);
            findings.addAll(checks.findings(tree.root()));
            if (findings.isEmpty() && ProbeRules.there(tree)) {
                findings.addAll(checks.valid(tree.root().resolve(PreparedModule.PROBE)));
            }
            if (findings.isEmpty()) {
                findings.addAll(new TerraformReading(checks, manifest, scratch).findings(tree, files));
            }
        }
        return findings.isEmpty()
                ? new Outcome.Passed(manifest.descriptor(), tree.digest())
                : new Outcome.Refused(findings);
    }

    private static List<HclFile> hcl(ModuleTree tree, List<Finding> findings) throws IOException {
        var files = new ArrayList<HclFile>();
        for (var file : tree.files().entrySet()) {
            if (!FileRules.isHcl(file.getKey())) {
                continue;
            }
            try {
                HclFile read = HclReader.read(file.getKey(), Files.readString(file.getValue()));
                findings.addAll(read.problems());
                files.add(read);
            } catch (CharacterCodingException e) {
                findings.add(Finding.of(file.getKey(), "is not UTF-8 text", "save it as UTF-8"));
            }
        }
        return files;
    }

    private static Outcome refused(Finding finding) {
        return new Outcome.Refused(List.of(finding));
    }
}
