# The command that the contract of executors asks for. Usage: sh contract.sh BEHAVIOUR STEPS SAVE METRICS [--resume DIR]
if [ "$1" = fail ]; then
  echo "the loss exploded" >&2
  exit 1
fi
while [ "$1" = hang ]; do
  sleep 3600
done
count=0
if [ "$5" = --resume ]; then
  count=$(cat "$6/count")
fi
count=$((count + $2))
printf '%s' "$count" >"$3/count"
printf '{"steps": %s}' "$count" >"$4"
