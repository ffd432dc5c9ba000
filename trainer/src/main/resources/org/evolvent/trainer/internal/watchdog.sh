# Outlives the JVM that started it by as long as it takes to end that JVM's trainers. Usage: sh -c SCRIPT watchdog RUN, with
# a pipe from the JVM as standard input. On it:
#   born SESSION          a trainer was started as the leader of a session
#   reap MARK SESSION     end what carries MARK in its environment or belongs to SESSION (0 for none); answers "done"
# When the pipe ends, however the JVM came to its end, everything of the run is ended.
#
# Whom it finds: processes that carry the mark (children inherit it, whatever sessions they make), those in a session of
# theirs, and all descendants of these. Whom it does not: one that dropped its environment, made its own session, and whose
# ancestors are gone, all three. Without /proc it finds sessions only.
trap '' HUP INT TERM PIPE
run=$1
sessions=

# Prints the ids of those to end; $1 is the mark, $2 the sessions.
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
      for (pid in end) print pid
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
  while [ "$round" -lt 40 ]; do
    found=$(victims "$1" "$2")
    if [ -z "$found" ]; then return; fi
    # shellcheck disable=SC2086 # one id for each word
    kill -KILL $found 2>/dev/null
    if [ "$round" -gt 0 ]; then sleep 0.05; fi
    round=$((round + 1))
  done
}

while read -r what first second; do
  case $what in
    born) sessions="$sessions $first" ;;
    reap)
      reap "$first" "$second"
      kept=
      for session in $sessions; do
        if [ "$session" != "$second" ]; then kept="$kept $session"; fi
      done
      sessions=$kept
      echo done
      ;;
  esac
done

# More than once, for one that the JVM was just about to start.
reap "EVOLVENT_RUN=$run" "$sessions"
sleep 0.3
reap "EVOLVENT_RUN=$run" "$sessions"
