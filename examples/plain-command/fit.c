/* Fits y = a x^3 + b x to a sine by gradient descent: a program that knows nothing of Evolvent.
   Usage: fit --lr R --momentum M --steps N --save DIR --metrics FILE [--resume DIR] */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void failed(const char *what) {
  perror(what);
  exit(1);
}

int main(int count, char **arguments) {
  double rate = 0.01, momentum = 0, a = 0, b = 0, va = 0, vb = 0, loss = 0;
  long steps = 1;
  const char *save = ".", *metrics = "metrics.json", *resume = NULL;
  char path[4096];
  for (int i = 1; i + 1 < count; i += 2) {
    if (!strcmp(arguments[i], "--lr")) rate = atof(arguments[i + 1]);
    else if (!strcmp(arguments[i], "--momentum")) momentum = atof(arguments[i + 1]);
    else if (!strcmp(arguments[i], "--steps")) steps = atol(arguments[i + 1]);
    else if (!strcmp(arguments[i], "--save")) save = arguments[i + 1];
    else if (!strcmp(arguments[i], "--metrics")) metrics = arguments[i + 1];
    else if (!strcmp(arguments[i], "--resume")) resume = arguments[i + 1];
    else {
      fprintf(stderr, "unknown option %s\n", arguments[i]);
      return 2;
    }
  }
  if (resume) {
    snprintf(path, sizeof path, "%s/state", resume);
    FILE *in = fopen(path, "r");
    if (!in || fscanf(in, "%lf %lf %lf %lf", &a, &b, &va, &vb) != 4) failed(path);
    fclose(in);
  }
  for (long step = 0; step <= steps; step++) {
    double ga = 0, gb = 0;
    loss = 0;
    for (int i = -50; i <= 50; i++) {
      double x = i / 25.0, error = a * x * x * x + b * x - sin(x);
      loss += error * error / 101;
      ga += 2 * error * x * x * x / 101;
      gb += 2 * error * x / 101;
    }
    if (step == steps) break; /* This pass only measured. */
    a += va = momentum * va - rate * ga;
    b += vb = momentum * vb - rate * gb;
  }
  printf("loss %g after %ld steps\n", loss, steps);
  snprintf(path, sizeof path, "%s/state", save);
  FILE *out = fopen(path, "w");
  if (!out || fprintf(out, "%.17g %.17g %.17g %.17g\n", a, b, va, vb) < 0 || fclose(out)) failed(path);
  out = fopen(metrics, "w");
  if (!out || fprintf(out, isfinite(loss) ? "{\"loss\": %.17g}\n" : "{\"loss\": \"NaN\"}\n", loss) < 0 || fclose(out))
    failed(metrics);
  return 0;
}
