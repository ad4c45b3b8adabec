package dev.steward.modules;

import dev.steward.terraform.PreparedModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Refuses a probe that could make something, that asks for other inputs than its module, or that says nothing. */
final class ProbeRules {
    private static final String FOLDER = PreparedModule.PROBE + "/";
    private static final String OUTPUT = "found";
    private static final Set<String> READS = Set.of("terraform", "provider", "variable", "locals", "data", "output");

    private ProbeRules() {}

    /** Whether the module brings one. */
    static boolean there(ModuleTree tree) {
        return tree.files().keySet().stream().anyMatch(path -> path.startsWith(FOLDER) && path.endsWith(".tf"));
    }

    static List<Finding> findings(List<HclFile> files, Manifest manifest) {
        List<Finding> findings = new ArrayList<>();
        List<HclFile> probe = files.stream().filter(f -> f.path().startsWith(FOLDER) && f.path().endsWith(".tf"))
                .toList();
        for (HclFile file : probe) {
            for (HclBlock block : file.body().blocks()) {
                look(file, block, manifest, findings);
            }
        }
        boolean says = probe.stream().flatMap(file -> file.body().blocks("output"))
                .anyMatch(block -> block.label(0).equals(OUTPUT));
        if (!probe.isEmpty() && !says) {
            findings.add(Finding.of(FOLDER + "main.tf", "has no output `" + OUTPUT + "`",
                    "add one: a list with a name for each thing that is still there, empty when nothing is"));
        }
        return findings;
    }

    private static void look(HclFile file, HclBlock block, Manifest manifest, List<Finding> findings) {
        if (!READS.contains(block.type())) {
            findings.add(Finding.at(file.path(), block.line(), "`" + block.title() + "` does more than look",
                    "a probe has data sources and an output, and makes nothing"));
        } else if (block.type().equals("variable") && manifest.descriptor().variable(block.label(0)).isEmpty()) {
            findings.add(Finding.at(file.path(), block.line(), "the variable `" + block.label(0)
                    + "` is none of the module's", "a probe gets the module's inputs, and nothing else"));
        } else if (block.type().equals("output") && block.attribute("sensitive").isPresent()) {
            findings.add(Finding.at(file.path(), block.line(), "the output `" + block.label(0)
                    + "` speaks of being sensitive", "people read what a probe finds: give names, and no secrets"));
        }
    }
}
