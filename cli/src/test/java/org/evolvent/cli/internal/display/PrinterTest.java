package org.evolvent.cli.internal.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class PrinterTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Printer printer = new Printer(new PrintStream(written, true, StandardCharsets.UTF_8));

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatPeopleWriteStaysAsItIs() {
        String text = "lr 0.1 \u2192 0.2\t\u00e4\u00f6 \u4e2d\u6587 \u05d0 \ud83d\ude00 e\u0301\nnext";
        assertThat(Printer.visible(text)).isEqualTo(text);
        printer.println(text);
        assertThat(text()).isEqualTo(text + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource({
        "001b", "0000", "0007", "0008", "000d", "007f", "0080", "009b", "00ad", "061c", "200b", "200e", "200f", "2028",
        "2029", "202a", "202e", "2060", "2066", "2069", "feff", "d800", "dfff", "e000", "fff9"
    })
    void whatATerminalObeysOrNobodySeesIsSpelt(String code) {
        String text = "a" + (char) Integer.parseInt(code, 16) + "b";
        assertThat(Printer.visible(text)).isEqualTo("a\\u" + code + "b");
    }

    @Test
    void invisibleLettersAreSpelt() {
        assertThat(Printer.visible("a" + Character.toString(0xE0041) + "b")).isEqualTo("a\\udb40\\udc41b");
    }

    @Test
    void everyWayToPrintIsThroughIt() {
        printer.print("\u001b1");
        printer.print('\u001b');
        printer.println((Object) "\u001b2");
        printer.printf("%s", "\u001b3");
        printer.append("\u001b4");
        printer.write(0x1b);
        byte[] bytes = "\u001b5\u202e".getBytes(StandardCharsets.UTF_8);
        for (byte each : bytes) {
            printer.write(each);
        }
        printer.write(bytes, 0, bytes.length);
        new IllegalStateException("\u001b6").printStackTrace(printer);
        printer.flush();
        assertThat(text()).doesNotContain("\u001b", "\u202e").contains("\\u001b6", "\\u001b5\\u202e\\u001b5\\u202e");
    }

    @Test
    void bytesThatAreNoTextAreReplaced() {
        printer.write(new byte[] {'a', (byte) 0xff, (byte) 0xc2, 'b', (byte) 0xc0, (byte) 0x9b}, 0, 6);
        assertThat(text()).startsWith("a\ufffd\ufffdb");
    }

    @Test
    void muchIsPrintedWhole() {
        String much = "\u00e4\ud83d\ude00x".repeat(10_000);
        printer.print(much);
        printer.flush();
        assertThat(text()).isEqualTo(much);
    }

    @Test
    void jsonMeansTheSame() {
        String text = "\u001b[31m \u202e \u007f \u0085";
        printer.print(JsonMapper.shared().writeValueAsString(text));
        assertThat(JsonMapper.shared().readValue(text(), String.class)).isEqualTo(text);
        assertThat(text()).matches("[ -~]+");
    }
}
