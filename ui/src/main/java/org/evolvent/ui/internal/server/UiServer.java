package org.evolvent.ui.internal.server;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.evolvent.runtime.EvolventException;
import org.evolvent.study.internal.run.Control;
import org.evolvent.ui.internal.page.Assets;
import org.evolvent.ui.internal.page.Page;
import org.evolvent.ui.internal.run.Pulse;
import org.evolvent.ui.internal.run.Query;
import org.evolvent.ui.internal.run.ShownComparison;
import org.evolvent.ui.internal.run.ShownRun;
import org.evolvent.ui.internal.run.ShownRuns;
import org.evolvent.ui.internal.run.Views;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the page and what it shows. Reads nothing but the runs and the page's own files, and changes nothing but, where that is allowed, what
 * is asked of the driver of a run.
 */
public final class UiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UiServer.class);
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String COOKIE = "evolvent-token";

    /** The port that is tried first, so that a bookmark keeps its meaning, and how many after it. */
    private static final int USUAL_PORT = 7353;

    private static final int MORE_PORTS = 20;

    /** Each open page holds a thread; more pages than this are a mistake, or mischief. */
    private static final int MOST_PAGES = 64;

    /** What says nothing for longer is cut by proxies, and does not notice that the other side is gone. */
    private static final long SILENCE_MILLIS = 10_000;

    private final ShownRuns runs;
    private final Access access;
    private final String page;
    private final AtomicInteger pages = new AtomicInteger();
    private final Javalin javalin;

    private UiServer(ShownRuns runs, Access access, int port) {
        this.runs = runs;
        this.access = access;
        this.page = Page.served(access.isSteering());
        this.javalin = Javalin.create(this::configure);
        this.javalin.start(access.host(), port);
    }

    /**
     * Starts a server.
     *
     * @param runs what it shows; closed with it
     * @param access who may ask
     * @param port where it listens: 0 for any that is free; empty for the usual one, or the next that is free
     * @throws EvolventException when it cannot listen there
     */
    public static UiServer start(ShownRuns runs, Access access, Optional<Integer> port) {
        List<Integer> ports = port.map(List::of)
                .orElseGet(() -> java.util.stream.IntStream.rangeClosed(USUAL_PORT, USUAL_PORT + MORE_PORTS)
                        .boxed()
                        .toList());
        for (int tried : ports) {
            try {
                requireFree(access.host(), tried);
                return new UiServer(runs, access, tried);
            } catch (IOException | JavalinBindException e) {
                LOG.info("Port {} cannot be listened on: {}", tried, e.getMessage());
            }
        }
        throw new EvolventException(
                "The page cannot be served at %s, port %s: it is taken, or may not be used.\nMaybe take another: --port 0 takes any that is free."
                        .formatted(
                                access.host(),
                                ports.size() == 1
                                        ? ports.get(0)
                                        : ports.get(0) + " to " + ports.get(ports.size() - 1)));
    }

    /** Javalin calls it an error that a port is taken; that the next one is tried is nothing that people need to be told. */
    private static void requireFree(String host, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        }
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.routes.before(this::guard);
        config.routes.get(
                "/", context -> context.contentType(Assets.type("index.html")).result(page));
        config.routes.get("/page/{name}", context -> asset(context, context.pathParam("name")));
        config.routes.get("/lib/{name}", context -> asset(context, "lib/" + context.pathParam("name")));
        config.routes.get(
                "/api/runs",
                context -> json(
                        context,
                        JsonMapper.shared()
                                .writeValueAsBytes(
                                        runs.all().stream().map(ShownRun::line).toList())));
        config.routes.get(
                "/api/comparisons",
                context -> json(
                        context,
                        JsonMapper.shared()
                                .writeValueAsBytes(runs.comparisons().stream()
                                        .map(ShownComparison::json)
                                        .toList())));
        config.routes.get("/api/runs/{id}/events", this::pulses);
        // Otherwise it would be answered like GET, without an end.
        config.routes.head("/api/runs/{id}/events", context -> {});
        config.routes.get("/api/runs/{id}/{view}", this::view);
        config.routes.post("/api/runs/{id}/control", this::steer);
        config.routes.get(
                "/metrics",
                context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                        .result(Metrics.of(runs)));
        config.routes.exception(
                Query.BadQuery.class, (e, context) -> refuse(context, HttpStatus.BAD_REQUEST, e.getMessage()));
        config.routes.exception(
                EvolventException.class,
                (e, context) -> refuse(context, HttpStatus.INTERNAL_SERVER_ERROR, e.getMessage()));
    }

    private void guard(Context context) {
        context.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cache-Control", "no-store");
        if (!access.knows(context.header("Host"))) {
            stop(context, HttpStatus.MISDIRECTED_REQUEST, "This host is not served here.");
        } else if (!isReading(context) && !(access.isSteering() && isOfThisPage(context))) {
            stop(context, HttpStatus.METHOD_NOT_ALLOWED, "Nothing can be changed here.");
        } else {
            admit(context);
        }
    }

    private static boolean isReading(Context context) {
        return context.method().equals(HandlerType.GET) || context.method().equals(HandlerType.HEAD);
    }

    /** Cookies are sent by pages of other ports, too, and these name where they come from. */
    private static boolean isOfThisPage(Context context) {
        String origin = context.header("Origin");
        return origin == null || origin.equals("http://" + context.header("Host"));
    }

    private void admit(Context context) {
        String shown = context.queryParam("token");
        if (shown != null && access.token().isPresent() && access.admits(shown)) {
            // Out of the address, where it would be seen and kept.
            Cookie cookie = new Cookie(COOKIE, shown);
            cookie.setHttpOnly(true);
            cookie.setSameSite(SameSite.STRICT);
            cookie.setPath("/");
            context.cookie(cookie);
            if (context.path().equals("/")) {
                context.skipRemainingHandlers().redirect("/");
            }
        } else if (!access.admits(bearer(context)) && !access.admits(context.cookie(COOKIE))) {
            stop(
                    context,
                    HttpStatus.UNAUTHORIZED,
                    "A token is needed: open the address that evolvent ui printed, or send it as Authorization: Bearer TOKEN.");
        }
    }

    private static @Nullable String bearer(Context context) {
        String header = context.header("Authorization");
        return header != null && header.startsWith("Bearer ") ? header.substring("Bearer ".length()) : null;
    }

    private static void stop(Context context, HttpStatus status, String message) {
        refuse(context, status, message);
        context.skipRemainingHandlers();
    }

    private static void refuse(Context context, HttpStatus status, @Nullable String message) {
        context.status(status);
        json(context, JsonMapper.shared().writeValueAsBytes(Map.of("error", message == null ? "" : message)));
    }

    private static void json(Context context, byte[] bytes) {
        context.contentType("application/json; charset=utf-8").result(bytes);
    }

    private static void asset(Context context, String name) {
        Assets.bytes(name)
                .ifPresentOrElse(
                        bytes -> context.contentType(Assets.type(name)).result(bytes),
                        () -> refuse(context, HttpStatus.NOT_FOUND, "There is no such file."));
    }

    private void view(Context context) {
        Map<String, String> values = new LinkedHashMap<>();
        context.queryParamMap().forEach((name, given) -> values.put(name, given.get(0)));
        values.remove("token");
        runs.find(context.pathParam("id"))
                .flatMap(run -> Views.json(run, context.pathParam("view"), new Query(values)))
                .ifPresentOrElse(
                        bytes -> json(context, bytes),
                        () -> refuse(context, HttpStatus.NOT_FOUND, "There is no such run, view or member."));
    }

    private void steer(Context context) {
        Optional<ShownRun> run = runs.find(context.pathParam("id"));
        Optional<Control.Order> order = Arrays.stream(Control.Order.values())
                .filter(one -> one.word().equals(context.body()))
                .findFirst();
        if (run.isEmpty()) {
            refuse(context, HttpStatus.NOT_FOUND, "There is no such run.");
        } else if (order.isEmpty()) {
            refuse(context, HttpStatus.BAD_REQUEST, "The order must be run, pause or stop.");
        } else {
            LOG.info(
                    "{} asks {} to {}",
                    context.ip(),
                    run.get().id(),
                    order.get().word());
            run.get().ask(order.get());
            context.status(HttpStatus.NO_CONTENT);
        }
    }

    /**
     * Tells a page when there is more to see. It asks for what it shows then, so nothing is lost while it does not listen. Holds the thread of the
     * request: where a response is served by another one, and its page is left, Jetty takes it away before Javalin has done with it.
     */
    private void pulses(Context context) {
        Optional<ShownRun> run = runs.find(context.pathParam("id"));
        if (run.isEmpty()) {
            refuse(context, HttpStatus.NOT_FOUND, "There is no such run.");
            return;
        }
        try {
            if (pages.incrementAndGet() > MOST_PAGES) {
                refuse(context, HttpStatus.SERVICE_UNAVAILABLE, "Too many pages are open.");
                return;
            }
            context.contentType("text/event-stream; charset=utf-8");
            tell(context.res().getOutputStream(), run.get());
        } catch (IOException e) {
            LOG.debug("A page was left", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pages.decrementAndGet();
        }
    }

    private static void tell(OutputStream out, ShownRun run) throws IOException, InterruptedException {
        Pulse seen = null;
        while (!run.isClosed()) {
            Pulse now = run.await(seen, SILENCE_MILLIS);
            String text = now.equals(seen)
                    ? ": still here\n\n"
                    : "event: revision\nid: %s\ndata: %s\n\n"
                            .formatted(now.revision(), JsonMapper.shared().writeValueAsString(now));
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            seen = now;
        }
    }

    /** Returns the port that it listens on. */
    public int port() {
        return javalin.port();
    }

    /** Returns the address to open, with the token where one is needed. */
    public String address() {
        String name = access.host().contains(":") ? "[" + access.host() + "]" : access.host();
        return "http://%s:%s/%s"
                .formatted(name, port(), access.token().map("?token="::concat).orElse(""));
    }

    @Override
    public void close() {
        // Who listens is told nothing more, and lets go of its thread.
        runs.close();
        javalin.stop();
    }
}
