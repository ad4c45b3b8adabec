package dev.steward.definitions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** The problems found in one file so far. */
final class Problems {
    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(int line, String what, String whatToDo) {
        String sentence = Character.toUpperCase(what.charAt(0)) + what.substring(1);
        found.add(new Problem(file, line, sentence, whatToDo));
    }

    void add(Node at, String what, String whatToDo) {
        add(at.getStartMark().getLine() + 1, what, whatToDo);
    }

    boolean none() {
        return found.isEmpty();
    }

    /** By line; those of one line in the order found. */
    List<Problem> byLine() {
        return found.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
    }
}
