package dev.steward.bot.cli;

import java.io.PrintWriter;
import java.util.List;

/** Where a command writes: answers to the one, complaints to the other. Plain text, no colours. */
record Console(PrintWriter out, PrintWriter err) {

    void say(String line) {
        out.println(line);
    }

    void complain(List<String> lines) {
        lines.forEach(err::println);
    }

    void flush() {
        out.flush();
        err.flush();
    }
}
