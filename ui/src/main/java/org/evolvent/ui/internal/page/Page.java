package org.evolvent.ui.internal.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page: as a server gives it out, and as one file that needs none. */
public final class Page {
    private static final String PLACE = "<!-- scripts -->";
    private static final String MAIN = "main";

    private static final String REPORTS_POLICY =
            "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:";

    private static final Pattern LINK = Pattern.compile("<link rel=\"stylesheet\"[^>]*>\\R");
    private static final Pattern IMPORT =
            Pattern.compile("^import (\\{[^}]*}) from \"\\./([a-z-]+)\\.js\";$", Pattern.MULTILINE);
    private static final Pattern EXPORT =
            Pattern.compile("^export ((?:async )?function|const|class) (\\w+)", Pattern.MULTILINE);

    private Page() {}

    /**
     * Returns the page that asks the server from which it comes.
     *
     * @param isSteering whether it offers to pause and stop studies
     */
    public static String served(boolean isSteering) {
        String scripts = Assets.LIBRARIES.stream()
                .map("<script src=\"/lib/%s.js\"></script>\n"::formatted)
                .collect(Collectors.joining());
        return Assets.text("index.html")
                .replace("<body>", isSteering ? "<body data-steering>" : "<body>")
                .replace(PLACE, scripts + "<script type=\"module\" src=\"/page/%s.js\"></script>".formatted(MAIN));
    }

    /**
     * Returns the page as one file that asks nobody.
     *
     * @param data in Base64, compressed by gzip: an object of {@code runs}, as a server's {@code /api/runs} has them but only one, and
     *     {@code documents}, its views by name and at most one option, such as {@code member?index=3}
     */
    public static String report(String data) {
        String styles = Assets.text("lib/uPlot.css") + Assets.text("style.css") + Assets.text("tree.css");
        String libraries = Assets.LIBRARIES.stream()
                .map(name -> "<script>" + Assets.text("lib/" + name + ".js") + "</script>\n")
                .collect(Collectors.joining());
        String head = "<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n<style>\n%s</style>\n%s"
                .formatted(REPORTS_POLICY, styles, libraries);
        String body = "<script type=\"text/plain\" id=\"data\">%s</script>\n<script type=\"module\">\n%s</script>\n"
                .formatted(data, bundle());
        return LINK.matcher(Assets.text("index.html"))
                .replaceAll("")
                .replace(PLACE, head)
                .replace("</body>", body + "</body>");
    }

    /** Puts the modules one after the other: each becomes a function that returns what it exports. */
    private static String bundle() {
        return Assets.MODULES.stream().map(Page::wrapped).collect(Collectors.joining());
    }

    private static String wrapped(String module) {
        String text = Assets.text(module + ".js");
        List<String> exports = new ArrayList<>();
        EXPORT.matcher(text).results().map(found -> found.group(2)).forEach(exports::add);
        String plain = EXPORT.matcher(text).replaceAll("$1 $2");
        String body = IMPORT.matcher(plain).replaceAll(Page::taken);
        return "const $%s = (() => {\n%s\nreturn { %s };\n})();\n"
                .formatted(name(module), body, String.join(", ", exports));
    }

    private static String name(String module) {
        return module.replace('-', '_');
    }

    private static String taken(MatchResult imported) {
        return Matcher.quoteReplacement("const %s = $%s;".formatted(imported.group(1), name(imported.group(2))));
    }
}
