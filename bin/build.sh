# Builds a clone. To be sourced by bin/evolvent, with its arguments; sets class_path and archive.

archive=$ROOT/cli/target/classes.jsa

# Sets class_path to the jars of the command; only what is built has any.
find_jars() {
  class_path=$(printf '%s:' "$ROOT"/cli/target/evolvent-cli-*.jar)$ROOT/cli/target/lib/*
}

# Prints the module of a study file in an example of ours, e.g. examples/digits for examples/digits/study.yaml.
module_of() {
  local directory
  case $1 in
    *.yaml | *.yml) ;;
    *) return ;;
  esac
  if [ -f "$1" ]; then
    directory=$(cd -P "$(dirname "$1")" && pwd)
    case $directory in
      "$ROOT"/*)
        if [ -f "$directory/pom.xml" ]; then
          printf '%s\n' "${directory#"$ROOT"/}"
        fi
        ;;
    esac
  fi
}

modules=cli
for argument in "$@"; do
  module=$(module_of "$argument")
  case " $modules " in
    *" ${module:-cli} "*) ;;
    *) modules="$modules $module" ;;
  esac
done

# Whether the module $1 is unbuilt, or anything that it is built from is newer than its last build.
# Directories count as well: theirs is the only time that a deletion changes.
is_stale() {
  local stamp="$ROOT/$1/target/.built" source
  if [ ! -f "$stamp" ] || [ ! -d "$ROOT/$1/target/lib" ]; then
    return 0
  fi
  set -- "$ROOT/pom.xml" "$ROOT/$1/pom.xml" "$ROOT/$1/src/main" "$ROOT"/*/pom.xml "$ROOT"/*/src/main \
    "$ROOT/examples/torch/pom.xml" "$ROOT/examples/torch/src/main"
  for source in "$@"; do
    case $source in
      "$ROOT"/bench/* | "$ROOT"/architecture/* | "$ROOT"/dist/* | "$ROOT"/bom/* | "$ROOT"/testkit/*) continue ;; # No part of the command.
    esac
    if [ -e "$source" ] && [ -n "$(find "$source" -newer "$stamp" 2>/dev/null | head -n 1)" ]; then
      return 0
    fi
  done
  return 1
}

any_stale() {
  local module
  for module in $modules; do
    if is_stale "$module"; then
      return 0
    fi
  done
  return 1
}

# Says on stderr how far the build is: on a terminal in one line that changes, else in a line for each module.
tell() {
  if [ -t 2 ]; then
    printf '\r\033[K  %s' "$1" >&2
  else
    printf '  %s\n' "$1" >&2
  fi
}

# Tells how far Maven is, from what it prints, and passes on what people may have to read if it fails.
follow() {
  local line at= files=0 name
  while IFS= read -r line; do
    case $line in
      *" Downloading from "* | *" Downloaded from "*)
        case $line in *" Downloaded from "*) files=$((files + 1)) ;; esac
        if [ -t 2 ] || [ $((files % 200)) -eq 199 ]; then
          tell "$at $files files fetched"
        fi
        ;;
      "[INFO] Building Evolvent"*"["*"/"*"]")
        name=${line#"[INFO] Building "}
        at="[${line##*\[} ${name%% [0-9]*}"
        tell "$at"
        ;;
      "[INFO]"*) ;;
      *) printf '%s\n' "$line" ;;
    esac
  done
}

build() {
  local module scratch began reason="sources changed"
  local run_home="$java_home" run_version="$java_version"
  command -v mvn >/dev/null || fail "needs Maven (mvn) to build itself on the first call, and finds none on PATH.
Maybe install it, or take a release, which is built."
  find_java javac || fail "needs a JDK, 17 or newer, to build itself on the first call. Looked at:$tried
Maybe install one, set JAVA_HOME to one, or take a release, which is built."

  for module in $modules; do
    if [ ! -f "$ROOT/$module/target/.built" ]; then
      reason="first call"
    fi
  done
  printf 'Building Evolvent (%s) ...\n' "$reason" >&2

  scratch=$(mktemp -d) || exit 1
  began=$(date +%s)
  touch "$scratch/started"
  for module in $modules; do
    mkdir -p "$ROOT/$module/target"
    # The stamp goes first, so that an unfinished build is never taken for a finished one. The jars go too: jars of
    # replaced versions would stay on the class path, and a command still running keeps the ones that it has open only
    # if they are unlinked, not overwritten.
    rm -rf "$ROOT/$module/target/.built" "$ROOT/$module/target/lib" "$ROOT/$module/target"/evolvent-*.jar
  done
  # Checks are for those who work on Evolvent; a warning of a newer JDK must not stop those who use it.
  {
    JAVA_HOME=$java_home mvn -B -f "$ROOT/pom.xml" -pl "$(printf '%s\n' "$modules" | tr ' ' ,)" -am -P '!checks' \
      -Dmaven.compiler.failOnWarning=false -Dmaven.test.skip=true package 2>&1 </dev/null || touch "$scratch/failed"
  } | follow >"$scratch/log"
  java_home=$run_home java_version=$run_version
  if [ -f "$scratch/failed" ]; then
    printf '\n' >&2
    cat "$scratch/log" >&2
    rm -rf "$scratch"
    fail "could not build itself; see above."
  fi
  find_jars
  tell "a faster start"
  archive_classes "$scratch"
  for module in $modules; do
    cp -p "$scratch/started" "$ROOT/$module/target/.built"
  done
  rm -rf "$scratch"
  tell "built in $(($(date +%s) - began)) s"
  if [ -t 2 ]; then
    printf '\n' >&2
  fi
}

# Keeps what the JVM makes of our classes, so that a command starts in two thirds of the time. Those classes count that a small study
# needs, which runs in the directory $1. An archive that cannot be made, or is of another JVM, does no harm.
archive_classes() {
  cat >"$1/study.yaml" <<'STUDY'
study: warm-up
trainer: {command: [sh, -c, 'echo "{\"score\": 1}" >"$1"; echo 1 >"$2/weights"', sh, "{metrics_out}", "{checkpoint_out}"]}
space: {x: {float: [0.0, 1.0]}}
objective: {metric: score, goal: maximize}
population: 2
budget: {steps: 2}
interval: {steps: 1}
STUDY
  rm -f "$archive"
  "$java_home/bin/java" -XX:ArchiveClassesAtExit="$archive" -cp "$class_path" org.evolvent.cli.Evolvent \
    run "$1/study.yaml" --dir "$1/run" >/dev/null 2>&1 </dev/null
}

if any_stale; then
  # One builds, the others wait and then find everything built. Without flock (macOS) they are on their own.
  if command -v flock >/dev/null; then
    exec 9>"${TMPDIR:-/tmp}/evolvent-build-$(id -u)-$(printf '%s' "$ROOT" | cksum | cut -d ' ' -f 1).lock"
    flock 9
  fi
  if any_stale; then
    build
  fi
  exec 9>&-
fi
find_jars
