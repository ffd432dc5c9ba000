# Outlives the JVM that started it by as long as it takes to end that JVM's trainers. Usage: sh -c SCRIPT watchdog RUN
# FAREWELL..., with a pipe from the JVM as standard input. On it:
#   born SESSION          a process was started as the leader of a session
#   ended SESSION         it is gone, with everything that it started; answers "done"
#   reap MARK SESSION     end what carries MARK in its environment or belongs to SESSION (0 for none); answers "done"
# When the pipe ends, however the JVM came to its end, everything of the run is ended, and then the command FAREWELL started, if there is
# one, for what lives elsewhere.
#
# Whom it finds: processes that carry the mark (children inherit it, whatever sessions they make), those in a session of
# theirs, and all descendants of these. With a keeper (keeper.pl) as the leader of the session these are all. Without one it does
# not find a process that dropped its environment, made its own session, and whose ancestors are gone, all three. Without /proc it
# finds sessions only.
trap '' HUP INT TERM PIPE
run=$1
shift
sessions=

# Prints the ids of those to end; $1 is the mark, $2 the sessions. A minus precedes those whose parent is to be ended, too.
victims() {
  marked=$(grep -lF -e "$1" /proc/[0-9]*/environ 2>/dev/null | sed 's,^/proc/\([0-9]*\)/.*,\1,' | tr '\n' ' ')
  cat /proc/[0-9]*/stat 2>/dev/null | awk -v marked="$marked" -v sessions="$2" '
    {
      pid = $1
      sub(/^.*\) /, "")
      if ($1 != "Z" && $1 != "X") { parent[pid] = $2; session[pid] = $4 }
    }
    END {
      n = split(marked, list, " ")
      for (i = 1; i <= n; i++) if (list[i] in parent) end[list[i]] = 1
      n = split(sessions, list, " ")
      for (i = 1; i <= n; i++) if (list[i] > 1) whole[list[i]] = 1
      do {
        changed = 0
        for (pid in parent) {
          if (!(pid in end) && ((parent[pid] in end) || (session[pid] in whole))) { end[pid] = 1; changed = 1 }
          if ((pid in end) && session[pid] == pid && !(pid in whole)) { whole[pid] = 1; changed = 1 }
        }
      } while (changed)
      for (pid in end) print ((parent[pid] in end) ? "-" : "") pid
    }'
}

reap() {
  if [ ! -r /proc/self/stat ]; then
    for session in $2; do
      if [ "$session" -gt 1 ]; then kill -KILL -- "-$session" 2>/dev/null; fi
    done
    return
  fi
  round=0
  while [ "$round" -lt 20 ]; do
    ancestors=
    descendants=
    for found in $(victims "$1" "$2"); do
      case $found in
        -*) descendants="$descendants ${found#-}" ;;
        *) ancestors="$ancestors $found" ;;
      esac
    done
    if [ -z "$ancestors$descendants" ]; then return; fi
    # An ancestor has to live, without a say, until nobody is left who would be lost with it.
    # shellcheck disable=SC2086 # one id for each word
    if [ -z "$descendants" ] || [ "$round" -ge 15 ]; then
      kill -KILL $ancestors $descendants 2>/dev/null
    else
      kill -STOP $ancestors 2>/dev/null
      kill -KILL $descendants 2>/dev/null
    fi
    if [ "$round" -gt 1 ]; then sleep 0.05; fi
    round=$((round + 1))
  done
}

forget() {
  kept=
  for session in $sessions; do
    if [ "$session" != "$1" ]; then kept="$kept $session"; fi
  done
  sessions=$kept
}

while read -r what first second; do
  case $what in
    born) sessions="$sessions $first" ;;
    ended)
      forget "$first"
      echo done
      ;;
    reap)
      reap "$first" "$second"
      forget "$second"
      echo done
      ;;
  esac
done

# More than once, for one that the JVM was just about to start.
reap "EVOLVENT_RUN=$run" "$sessions"
sleep 0.3
reap "EVOLVENT_RUN=$run" "$sessions"
"$@" >/dev/null 2>&1
