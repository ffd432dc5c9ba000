-- The event store, schema version 2. The columns of the views are a promise; those of the tables are not.

CREATE TABLE events (
  seq      INTEGER PRIMARY KEY,  -- from 1, without gaps
  type     TEXT    NOT NULL,     -- the body's type
  version  INTEGER NOT NULL,     -- the body's version
  member   INTEGER,              -- whom it is about, where it is about one member
  interval INTEGER,              -- and which of its intervals
  body     TEXT    NOT NULL,     -- the event as JSON
  chain    BLOB    NOT NULL      -- SHA-256 of the chain of the event before and of (seq, type, version, body)
) STRICT;
CREATE INDEX events_of_members ON events (member, interval);

-- Checkpoints whose files are small, all together; larger ones are directories.
CREATE TABLE checkpoints (
  id       TEXT PRIMARY KEY,     -- SHA-256 of the manifest
  manifest TEXT NOT NULL,        -- a line for each file: digest size path
  content  BLOB NOT NULL         -- the bytes of the files, one after the other
) STRICT;

-- Every attempt that ended. status: finished; invalid (it ended without a usable score); failed (the trainer's fault); lost (the place's);
-- suspended (its place or the study ended before the interval did: its steps are among those of the attempt that finished it).
-- Of an attempt that produced nothing, step_to, score, metrics and checkpoint are NULL. place: node and job of the slot; NULL on the
-- driver's own machine.
CREATE VIEW intervals AS
SELECT
  json_extract(body, '$.attempt.member') AS member,
  json_extract(body, '$.attempt.interval') AS interval,
  json_extract(body, '$.attempt.number') AS attempt,
  json_extract(body, '$.attempt.step_from') AS step_from,
  CASE WHEN type <> 'attempt_failed'
    THEN json_extract(body, '$.attempt.step_from') + json_extract(body, '$.attempt.steps') END AS step_to,
  json_extract(body, '$.score') AS score,
  json_extract(body, '$.metrics') AS metrics,
  json_extract(body, '$.attempt.hyperparameters') AS hyperparameters,
  json_extract(body, '$.attempt.parent.checkpoint') AS parent,
  json_extract(body, '$.checkpoint') AS checkpoint,
  json_extract(body, '$.execution.slot') AS slot,
  json_extract(body, '$.execution.started_at') AS started_at,
  json_extract(body, '$.execution.finished_at') AS finished_at,
  CASE
    WHEN type = 'interval_finished' THEN iif(json_type(body, '$.invalid') IS NULL, 'finished', 'invalid')
    WHEN type = 'interval_suspended' THEN 'suspended'
    WHEN json_extract(body, '$.fault') = 'trainer' THEN 'failed'
    ELSE 'lost'
  END AS status,
  coalesce(json_extract(body, '$.invalid'), json_extract(body, '$.message')) AS message,
  json_extract(body, '$.execution.training_nanos') / 1e9 AS training_seconds,
  seq,
  json_extract(body, '$.execution.place') AS place
FROM events
WHERE type IN ('interval_finished', 'interval_suspended', 'attempt_failed');

-- Every decision. donor and donor_interval are those of an exploit; before and after those of an exploit or explore. at: when the last
-- thing before it happened, on which it follows at once.
CREATE VIEW decisions AS
SELECT
  seq,
  json_extract(body, '$.member') AS member,
  json_extract(body, '$.interval') AS interval,
  json_extract(body, '$.decision.kind') AS kind,
  json_extract(body, '$.decision.donor') AS donor,
  json_extract(body, '$.decision.donor_interval') AS donor_interval,
  json_extract(body, '$.decision.reason') AS reason,
  json_extract(body, '$.decision.evidence') AS evidence,
  json_extract(body, '$.decision.before') AS before,
  json_extract(body, '$.decision.after') AS after,
  (
    SELECT coalesce(json_extract(body, '$.execution.finished_at'), json_extract(body, '$.at'))
    FROM events AS earlier
    WHERE earlier.seq < events.seq AND earlier.type NOT IN ('decided', 'population_created')
    ORDER BY earlier.seq DESC
    LIMIT 1
  ) AS at
FROM events
WHERE type = 'decided';

-- Of every interval that ended with a checkpoint, the one whose weights it began with; NULL for fresh ones.
CREATE VIEW lineage AS
SELECT
  json_extract(body, '$.attempt.member') AS member,
  json_extract(body, '$.attempt.interval') AS interval,
  json_extract(body, '$.attempt.parent.member') AS parent_member,
  json_extract(body, '$.attempt.parent.interval') AS parent_interval
FROM events
WHERE type = 'interval_finished';

-- Every checkpoint that was found to be missing or damaged. stranded: the members that needed it to go on (JSON). One that is found out
-- by several members in turn is listed as often.
CREATE VIEW losses AS
SELECT
  events.seq AS seq,
  json_each.value AS checkpoint,
  json_extract(events.body, '$.stranded') AS stranded,
  json_extract(events.body, '$.reason') AS reason,
  json_extract(events.body, '$.at') AS at
FROM events, json_each(events.body, '$.checkpoints')
WHERE events.member IS NULL AND events.type = 'checkpoints_lost';

-- The members as they stand. interval: the open one, or the last. step, checkpoint: of the weights that it holds; both NULL from the
-- loss of those that it needed until it has others. score: of its last ready point, NULL when that was not valid or its weights were lost.
-- status: training (or waiting for a slot); ready (waiting for its decision); failed (its last attempt failed, or lost what it needed, and
-- is followed by another or by a decision); stopped (by its budget or the strategy); ended (with the study).
CREATE VIEW members AS
WITH
  touched AS MATERIALIZED (
    SELECT
      seq,
      type,
      CASE type WHEN 'decided' THEN json_extract(body, '$.member') ELSE json_extract(body, '$.attempt.member') END AS member,
      json_type(body, '$.decision.after') IS NOT NULL AS retuned,
      json_type(body, '$.decision.weights') IS NOT NULL AS copied
    FROM events
    WHERE type IN ('interval_finished', 'attempt_failed', 'decided')
  ),
  latest AS (
    SELECT
      member,
      max(seq) AS any_event,
      max(CASE WHEN type = 'interval_finished' THEN seq END) AS finished,
      max(CASE WHEN type = 'attempt_failed' THEN seq END) AS failed,
      max(CASE WHEN type = 'decided' THEN seq END) AS decided,
      max(CASE WHEN type <> 'decided' OR retuned THEN seq END) AS tuned,
      max(CASE WHEN type <> 'decided' OR copied THEN seq END) AS weighted
    FROM touched
    GROUP BY member
  ),
  stranded AS (
    SELECT json_each.value AS member, max(events.seq) AS seq
    FROM events, json_each(events.body, '$.stranded')
    WHERE events.member IS NULL AND events.type = 'checkpoints_lost'
    GROUP BY json_each.value
  ),
  lost AS (
    SELECT checkpoint, max(seq) AS seq
    FROM losses
    GROUP BY checkpoint
  ),
  founders AS (
    SELECT
      json_extract(json_each.value, '$.member') AS member,
      json_extract(json_each.value, '$.step') AS step,
      json_extract(json_each.value, '$.checkpoint') AS checkpoint
    FROM events, json_each(events.body, '$.founders')
    WHERE events.member IS NULL AND events.type = 'population_created'
  ),
  born AS (
    SELECT json_each.key AS member, json_each.value AS hyperparameters, founders.step, founders.checkpoint
    FROM events, json_each(events.body, '$.hyperparameters') LEFT JOIN founders ON founders.member = json_each.key
    WHERE events.member IS NULL AND events.type = 'population_created'
    UNION ALL
    SELECT
      json_extract(json_each.value, '$.member'),
      json_extract(json_each.value, '$.hyperparameters'),
      json_extract(json_each.value, '$.weights.step'),
      json_extract(json_each.value, '$.weights.checkpoint')
    FROM events, json_each(events.body, '$.joined')
    WHERE events.member IS NULL AND events.type = 'study_amended'
  ),
  gone AS (
    SELECT json_each.value AS member
    FROM events, json_each(events.body, '$.left')
    WHERE events.member IS NULL AND events.type = 'study_amended'
  ),
  amended AS (
    SELECT
      json_extract(json_each.value, '$.member') AS member,
      json_extract(json_each.value, '$.hyperparameters') AS hyperparameters,
      max(events.seq) AS seq
    FROM events, json_each(events.body, '$.changed')
    WHERE events.member IS NULL AND events.type = 'study_amended'
    GROUP BY 1
  )
SELECT
  born.member AS member,
  CASE
    WHEN a.seq IS NULL THEN 0
    WHEN a.type = 'decided' THEN json_extract(a.body, '$.interval') + (json_extract(a.body, '$.decision.kind') <> 'stop')
    ELSE json_extract(a.body, '$.attempt.interval')
  END AS interval,
  CASE WHEN coalesce(stranded.seq, 0) <= coalesce(w.seq, 0) THEN coalesce(
    json_extract(w.body, '$.decision.weights.step'),
    json_extract(w.body, '$.attempt.step_from')
      + iif(w.type = 'interval_finished', json_extract(w.body, '$.attempt.steps'), 0),
    born.step,
    0) END AS step,
  CASE
    WHEN latest.failed > coalesce(latest.finished, 0) AND latest.decided > latest.failed THEN NULL
    WHEN stranded.seq > f.seq OR lost.seq > f.seq THEN NULL
    ELSE json_extract(f.body, '$.score')
  END AS score,
  CASE
    WHEN gone.member IS NOT NULL THEN 'left'
    WHEN a.type = 'decided' AND json_extract(a.body, '$.decision.kind') = 'stop' THEN 'stopped'
    WHEN EXISTS (SELECT 1 FROM events WHERE type = 'study_ended' AND seq = (SELECT max(seq) FROM events)) THEN 'ended'
    WHEN stranded.seq > a.seq THEN 'failed'
    WHEN a.type = 'interval_finished' THEN 'ready'
    WHEN a.type = 'attempt_failed' THEN 'failed'
    ELSE 'training'
  END AS status,
  coalesce(
    CASE WHEN amended.seq > coalesce(t.seq, 0) THEN amended.hyperparameters END,
    json_extract(t.body, '$.decision.after'),
    json_extract(t.body, '$.attempt.hyperparameters'),
    born.hyperparameters) AS hyperparameters,
  CASE WHEN coalesce(stranded.seq, 0) <= coalesce(w.seq, 0) THEN coalesce(
    json_extract(w.body, '$.decision.weights.checkpoint'),
    json_extract(w.body, '$.checkpoint'),
    iif(w.type = 'attempt_failed', json_extract(w.body, '$.attempt.parent.checkpoint'), NULL),
    iif(w.seq IS NULL, born.checkpoint, NULL)) END AS checkpoint
FROM born
  LEFT JOIN latest ON latest.member = born.member
  LEFT JOIN events a ON a.seq = latest.any_event
  LEFT JOIN events f ON f.seq = latest.finished
  LEFT JOIN events t ON t.seq = latest.tuned
  LEFT JOIN events w ON w.seq = latest.weighted
  LEFT JOIN stranded ON stranded.member = born.member
  LEFT JOIN lost ON lost.checkpoint = json_extract(f.body, '$.checkpoint')
  LEFT JOIN gone ON gone.member = born.member
  LEFT JOIN amended ON amended.member = born.member
ORDER BY born.member;
