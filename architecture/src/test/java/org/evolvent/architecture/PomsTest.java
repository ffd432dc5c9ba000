package org.evolvent.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a module brings along to those who depend on it. */
class PomsTest {
    /** The kits are made of it, benchmarks are nobody's dependency, and the BOM brings nothing. */
    private static final Set<String> MAY_BRING_IT = Set.of("testkit", "bench", "bom");

    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final Pattern FOR_TESTS = Pattern.compile(
            "<groupId>(org\\.junit\\b.*|org\\.assertj|com\\.google\\.(jimfs|guava))</groupId>|<artifactId>evolvent-testkit</artifactId>");

    @Test
    void whatTestsNeedIsBroughtToTestsOnly() throws IOException {
        List<String> brought = new ArrayList<>();
        List<String> looked = new ArrayList<>();
        try (Stream<Path> poms = Files.find(
                Evolvent.projectRoot(),
                3,
                (path, attributes) -> path.endsWith("pom.xml") && attributes.isRegularFile())) {
            for (Path pom : poms.toList()) {
                String module =
                        Evolvent.projectRoot().relativize(pom.getParent()).toString();
                if (module.isEmpty() || MAY_BRING_IT.contains(module)) {
                    continue;
                }
                looked.add(module);
                DEPENDENCY
                        .matcher(Files.readString(pom))
                        .results()
                        .map(MatchResult::group)
                        .filter(dependency -> FOR_TESTS.matcher(dependency).find())
                        .filter(dependency -> !dependency.contains("<scope>test</scope>"))
                        .forEach(dependency -> brought.add(module + ": " + dependency));
            }
        }
        assertThat(looked).contains("core", "runtime", "store", "trainer", "cli");
        assertThat(brought).isEmpty();
    }
}
