package dev.steward.modules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Refuses files that Terraform picks up without being asked, or that vetting cannot read. */
final class FileRules {
    private static final Pattern VALUES = Pattern.compile("(terraform\\.tfvars|.*\\.auto\\.tfvars)(\\.json)?");
    private static final Pattern OVERRIDE = Pattern.compile("(.*_)?override\\.tf(\\.json)?");
    private static final Pattern JSON = Pattern.compile(".*\\.(tf|tftest|tfmock)\\.json");
    private static final Pattern STATE = Pattern.compile(".*\\.tfstate(\\..*)?");
    /** Steward adds it to the copy that runs. */
    private static final String BACKEND = "steward_backend.tf";

    private FileRules() {}

    static List<Finding> findings(ModuleTree tree) {
        var findings = new ArrayList<Finding>();
        for (String path : tree.files().keySet()) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            if (VALUES.matcher(name).matches()) {
                findings.add(Finding.of(path, "gives values to variables that nobody was asked for",
                        "remove it; a value that is always the same is a default or a local"));
            } else if (OVERRIDE.matcher(name).matches()) {
                findings.add(Finding.of(path, "overrides other files without a trace in them",
                        "change those files instead"));
            } else if (JSON.matcher(name).matches()) {
                findings.add(Finding.of(path, "is Terraform in JSON, which vetting does not read", "write it as HCL"));
            } else if (STATE.matcher(name).matches()) {
                findings.add(Finding.of(path, "is Terraform state, which may hold secrets", "remove it"));
            } else if (name.equals(BACKEND)) {
                findings.add(Finding.of(path, "has a name that Steward uses itself", "rename it"));
            }
        }
        return findings;
    }

    /** Whether Terraform reads the file as configuration, as a test or as a mock. */
    static boolean isHcl(String path) {
        return path.endsWith(".tf") || path.endsWith(".tftest.hcl") || path.endsWith(".tfmock.hcl")
                || path.endsWith(".terraform.lock.hcl");
    }

    /** Whether the file is part of the root module itself. */
    static boolean isRoot(String path) {
        return path.endsWith(".tf") && path.indexOf('/') < 0;
    }
}
