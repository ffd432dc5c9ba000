# Runs a main class of an example in Java, and builds it first if it has changed. To be sourced with the example's directory, the class's
# simple name, and its arguments.

EXAMPLE=$(cd -P "$1" && pwd)
NAME=$(basename "$EXAMPLE")
MAIN=org.evolvent.examples.$NAME.$2
shift 2

# bin/evolvent leaves the same file when it has built, so that a study's trainers, which start at once, find all done.
BUILT=$EXAMPLE/target/.built
if [ ! -f "$BUILT" ] \
  || [ -n "$(find "$EXAMPLE/pom.xml" "$EXAMPLE/src/main" "$EXAMPLE/../torch/src/main" -newer "$BUILT" | head -n 1)" ]; then
  echo "Building examples/$NAME ..." >&2
  mvn -B -q -f "$EXAMPLE/../../pom.xml" -pl "examples/$NAME" -am -P '!checks' -Dmaven.test.skip=true package >&2 || exit 2
  touch "$BUILT"
fi

# maxphysicalbytes: JavaCPP would count every other process's pages of a shared library, too, and stop for it.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -Dorg.bytedeco.javacpp.maxphysicalbytes=0 \
  -XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED \
  -cp "$EXAMPLE/target/classes:$EXAMPLE/target/lib/*" "$MAIN" "$@"
