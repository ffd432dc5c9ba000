package org.evolvent.ui.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.evolvent.ui.internal.report.Report;
import org.evolvent.views.internal.history.Reading;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** Tables of the page that are longer than what is shown at once, or tell the time. */
@Tag("slow")
class TablesTest extends PageTest {
    private static final String ROWS = "document.querySelector('main').textContent";

    @Test
    void allDecisionsCanBeReachedInThePageAndTheLatestInAReport() throws Exception {
        Path directory = temporary.resolve("long");
        Studies.run(directory, 200);
        try (UiServer server = serve(0, directory)) {
            browser.open(server, "long", "decisions");
            goesThrough();
        }
        Path report = temporary.resolve("long.html");
        Report.write(directory, "long", report, Reading.SILENT);
        browser.read(report, "long", "decisions");
        goesThrough();
    }

    private static void goesThrough() throws InterruptedException {
        browser.until(ROWS + ".includes('1 to 200 of ')");
        String latest = firstRow();
        press("Next");
        browser.until(ROWS + ".includes('201 to ')");
        assertThat(firstRow()).isNotEqualTo(latest);
        press("Previous");
        browser.until(ROWS + ".includes('1 to 200 of ')");
        assertThat(firstRow()).isEqualTo(latest);
        press("Next");
        browser.until(ROWS + ".includes('201 to ')");
        browser.findElement(By.xpath("//label[starts-with(., 'Member ')]/select/option[. = '3']"))
                .click();
        browser.until(
                "[...document.querySelectorAll('main table.folds tbody tr')].every(row => row.cells[1].textContent === '3')");
        assertThat(browser.findElements(By.cssSelector("main table.folds tbody tr")))
                .as("those of one member, which are fewer than were left out before")
                .isNotEmpty();
        browser.noComplaints();
    }

    private static String firstRow() {
        return browser.of("main table.folds tbody tr");
    }

    private static void press(String button) {
        browser.executeScript(
                "[...document.querySelectorAll('main button')].find(each => each.textContent === arguments[0]).click()",
                button);
    }

    /** The log has UTC, readers have clocks of their own. */
    @Test
    void aMembersStoryIsToldWithTheTimeOfWhoReadsIt() throws Exception {
        browser.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", "Asia/Tokyo"));
        try (UiServer server = serve(0, temporary.resolve("climb"))) {
            browser.open(server, "climb", "member?index=2");
            List<?> times = Objects.requireNonNull(
                    (List<?>)
                            browser.executeScript(
                                    "return [...document.querySelectorAll('main td.moment time')].map(one => [one.dateTime, one.textContent])"));
            assertThat(times).hasSizeGreaterThan(2).allSatisfy(one -> {
                List<?> time = (List<?>) one;
                assertThat(time.get(1))
                        .isEqualTo(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")
                                .withZone(ZoneId.of("Asia/Tokyo"))
                                .format(Instant.parse((String) time.get(0))));
            });
        } finally {
            browser.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", ""));
        }
    }
}
