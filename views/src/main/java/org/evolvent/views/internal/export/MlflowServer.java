package org.evolvent.views.internal.export;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.evolvent.runtime.EvolventException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tracking server of MLflow, by version 2.0 of its REST API. */
final class MlflowServer {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    MlflowServer(URI address) {
        this.address = address;
    }

    /** Returns the id of the experiment of a name, which is made where there is none. */
    String experiment(String name) {
        HttpResponse<String> known = send(
                request("experiments/get-by-name?experiment_name=" + URLEncoder.encode(name, StandardCharsets.UTF_8)));
        if (known.statusCode() == NOT_FOUND) {
            return post("experiments/create", Map.of("name", name))
                    .path("experiment_id")
                    .asString();
        }
        return body(known).at("/experiment/experiment_id").asString();
    }

    JsonNode post(String call, Map<String, ?> body) {
        return body(send(request(call)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))));
    }

    private HttpRequest.Builder request(String call) {
        String base = address.toString();
        String slash = base.endsWith("/") ? "" : "/";
        return HttpRequest.newBuilder(URI.create(base + slash + "api/2.0/mlflow/" + call))
                .timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new EvolventException(
                    "MLflow does not answer at %s: %s.\nMaybe start it: mlflow server"
                            .formatted(
                                    address,
                                    e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EvolventException("Interrupted while MLflow was asked", e);
        }
    }

    private JsonNode body(HttpResponse<String> response) {
        if (response.statusCode() != OK) {
            throw new EvolventException("MLflow at %s refuses %s with status %s: %s"
                    .formatted(address, response.uri().getPath(), response.statusCode(), response.body()));
        }
        try {
            return JsonMapper.shared().readTree(response.body());
        } catch (JacksonException e) {
            throw new EvolventException(
                    "What answers at %s is no tracking server of MLflow: %s".formatted(address, e.getMessage()), e);
        }
    }
}
