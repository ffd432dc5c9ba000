# Runs a main class of this example. To be sourced with its simple name and arguments.

HERE=$(cd -P "$(dirname "$0")" && pwd)
ROOT=$(cd -P "$HERE/../.." && pwd)
if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
else
  java=java
fi

# A study's trainers are started many at a time; bin/evolvent has built them.
if [ "$1" != Train ] || [ ! -d "$HERE/target/lib" ]; then
  if [ ! -d "$HERE/target/lib" ] \
    || [ -n "$(find "$HERE/src/main" "$HERE/../torch/src/main" -newer "$HERE/target/lib" | head -n 1)" ]; then
    echo "Building examples/arcade ..." >&2
    mvn -B -q -f "$ROOT/pom.xml" -pl examples/arcade -am -P '!checks' -Dmaven.test.skip=true package >&2 || exit 2
    touch "$HERE/target/lib"
  fi
fi

main=org.evolvent.examples.arcade.$1
shift
# maxphysicalbytes: JavaCPP would count every other process's pages of a shared library, too, and stop for it.
exec "$java" -XX:+UseSerialGC -Dorg.bytedeco.javacpp.maxphysicalbytes=0 \
  -XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED \
  -cp "$HERE/target/classes:$HERE/target/lib/*" "$main" "$@"
