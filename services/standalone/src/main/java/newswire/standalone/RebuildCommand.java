package newswire.standalone;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code newswire rebuild}: as {@code newswire}, but the tables are emptied first and filled from the topics. */
@Command(
        name = "rebuild",
        description = {
            "Empties the tables, fills them again from the topics and the kept history, and goes on as usual.",
            "What was taken down stays down. Takes all options of newswire."
        })
final class RebuildCommand implements Callable<Integer> {
    @Unmatched
    private List<String> options = new ArrayList<>();

    @Override
    public Integer call() {
        var arguments = new ArrayList<>(options);
        arguments.addAll(List.of("--set", "store.rebuild=true"));
        return Standalone.commandLine().execute(arguments.toArray(String[]::new));
    }
}
