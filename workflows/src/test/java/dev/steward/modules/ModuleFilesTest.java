package dev.steward.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleFilesTest {
    private static final String GOOD = """
            name: tiny
            title: Tiny
            description: One thing
            """;

    @Test
    void readsDefaultsOfEveryKind() {
        var reading = ModuleFiles.parse(GOOD + """
                variables:
                  - { name: a, type: number, description: a, default: 1.50 }
                  - { name: b, type: bool, description: b, default: false }
                  - { name: c, type: "list(string)", description: c, default: [x, "1"] }
                  - { name: d, type: string, description: d, default: null }
                  - { name: e, type: string, description: e }
                """, "tiny");
        assertThat(reading).isInstanceOf(ModuleFiles.Reading.Understood.class);
        var descriptor = ((ModuleFiles.Reading.Understood) reading).manifest().descriptor();
        assertThat(descriptor.variables()).extracting(v -> v.fallback().map(Object::toString).orElse("none"))
                .containsExactly("1.5", "false", "[\"x\",\"1\"]", "null", "none");
        assertThat(DescriptorJson.read(DescriptorJson.write(descriptor))).isEqualTo(descriptor);
    }

    @Test
    void readsTheProfileOfItsCredentials() {
        var reading = ModuleFiles.parse(GOOD + "credentials: staging-2\n", "tiny");
        assertThat(reading).isInstanceOf(ModuleFiles.Reading.Understood.class);
        var descriptor = ((ModuleFiles.Reading.Understood) reading).manifest().descriptor();
        assertThat(descriptor.credentials()).contains("staging-2");
        assertThat(DescriptorJson.read(DescriptorJson.write(descriptor))).isEqualTo(descriptor);
    }

    @Test
    void readsADescriptorThatWasStoredBeforeThereWereCredentials() {
        var descriptor = DescriptorJson.read("""
                {"name":"tiny","title":"Tiny","description":"One thing","variables":[],"outputs":[]}""");
        assertThat(descriptor.credentials()).isEmpty();
        assertThat(DescriptorJson.write(descriptor)).doesNotContain("credentials");
    }

    @Test
    void refusesWhatIsNoNameOfAProfileWithoutQuotingIt() {
        String advice = "module.yaml:4: `credentials` is no name of a profile: name a profile of steward.yaml,"
                + " in lower case letters, digits and dashes; never write a secret here";
        assertThat(problems(GOOD + "credentials: AKIAEXAMPLE\n")).containsExactly(advice);
        assertThat(problems(GOOD + "credentials: ../staging\n")).containsExactly(advice);
        assertThat(problems(GOOD + "credentials: 'staging\n\n  '\n")).containsExactly(advice);
        assertThat(problems(GOOD + "credentials: ''\n"))
                .containsExactly("module.yaml:4: `credentials` is empty: fill it in");
        assertThat(problems(GOOD + "credentials:\n")).hasSize(1);
        assertThat(problems(GOOD + "credentials: [staging]\n"))
                .containsExactly("module.yaml:4: `credentials` is not a text: put it in quotes");
    }

    @Test
    void reportsEveryProblemWithItsLine() {
        assertThat(problems("""
                name: other
                titel: Tiny
                description: no
                variables:
                  - name: Bad-Name
                    type: string
                    description: ""
                    sensitive: yes
                  - name: twice
                    type: string
                    description: x
                    default: yes
                  - name: twice
                    name: twice
                    type: 3
                    description: x
                  - just text
                outputs: none
                exemptions:
                  - { use: anything, why: because }
                """)).containsExactly(
                "module.yaml:2: `titel` is not known here: use only credentials, description, exemptions, name, outputs, title, variables",
                "module.yaml:1: is called `other` in the folder `tiny`: give both the same name",
                "module.yaml:1: `title` is missing: add it",
                "module.yaml:3: `description` is not a text: put it in quotes",
                "module.yaml:17: an item of `variables` is not a mapping: begin it with `- name:`",
                "module.yaml:5: `Bad-Name` is no name of a variable or output: use lower case letters, digits and underscores",
                "module.yaml:7: `description` is empty: fill it in",
                "module.yaml:8: `sensitive` is neither true nor false: write true or false",
                "module.yaml:12: `yes` may be read as true or false: write true or false, or put it in quotes",
                "module.yaml:14: `name` is given twice: keep one of them",
                "module.yaml:13: `twice` is described twice: keep one of them",
                "module.yaml:15: `type` is not a text: put it in quotes",
                "module.yaml:18: `outputs` is not a list: begin each item with `- name:`",
                "module.yaml:20: `anything` cannot be exempted: choose from data.external, data.http, data.terraform_remote_state, provisioner");
    }

    @Test
    void reportsWhatIsNotYaml() {
        assertThat(problems("name: [")).first().asString().startsWith("module.yaml:1: is not YAML (");
        assertThat(problems("")).containsExactly("module.yaml:1: is empty or not a mapping: begin with `name: ...`");
        assertThat(problems("name: &a x\ntitle: *a\n")).containsExactly(
                "module.yaml:2: uses an alias: write the value out");
        assertThat(problems("a: " + "[".repeat(100))).hasSize(1);
    }

    private static List<String> problems(String text) {
        var reading = ModuleFiles.parse(text, "tiny");
        assertThat(reading).isInstanceOf(ModuleFiles.Reading.NotUnderstood.class);
        return ((ModuleFiles.Reading.NotUnderstood) reading).findings().stream().map(Finding::text).toList();
    }
}
