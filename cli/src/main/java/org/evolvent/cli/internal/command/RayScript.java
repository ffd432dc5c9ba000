package org.evolvent.cli.internal.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a script for Ray Tune's PBT says, read by Python's own parser and never run.
 *
 * @param study a study file; {@code ?} stands where it could not be read
 * @param train a program that serves what the script trains
 * @param gaps what is left to people, each with its place
 */
record RayScript(String study, String train, List<String> gaps) {
    /**
     * Reads a script.
     *
     * @param directory where study file and program are to be
     * @throws UsageException when it is missing, not to be parsed, or has no scheduler or several; or Python is missing
     */
    static RayScript read(Path script, Path directory) {
        if (!Files.isRegularFile(script)) {
            throw new UsageException("--from-ray is %s but there is no such file".formatted(script));
        }
        try {
            // Python imports what lies where it is started: nothing of a stranger's.
            Path root = Objects.requireNonNull(script.toAbsolutePath().getRoot());
            String said = PythonModule.run(
                    root,
                    "evolvent._from_ray",
                    script.toAbsolutePath().toString(),
                    directory.toAbsolutePath().toString());
            JsonNode read = JsonMapper.shared().readTree(said);
            List<String> gaps = new ArrayList<>();
            read.required("gaps").forEach(gap -> gaps.add(gap.stringValue()));
            return new RayScript(
                    read.required("study").stringValue(), read.required("train").stringValue(), gaps);
        } catch (PythonModule.FailedException | JacksonException e) {
            throw new UsageException("--from-ray %s: %s".formatted(script, e.getMessage()));
        }
    }
}
