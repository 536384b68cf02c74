#include "features/record/migrations.h"

namespace minhu::record {

namespace {

// One leaf for one event, written with it. `position` counts from 0 without gaps in the order of
// the commits: it is the queue of the sequencer, and the way from an event to its batch.
constexpr std::string_view leaves = R"sql(
CREATE TABLE record_leaf (
  region_id BIGINT NOT NULL,
  case_id   BLOB   NOT NULL,
  seq       BIGINT NOT NULL,
  position  BIGINT NOT NULL,
  entry     BLOB   NOT NULL,
  PRIMARY KEY (region_id, case_id, seq)
);

CREATE UNIQUE INDEX record_leaf_by_position ON record_leaf(region_id, position);
)sql";

// A batch as it stands in the tree: its leaves with the cover leaves among them, one after the
// other. It is kept before its files are written, so that files lost in a crash come back byte for
// byte.
constexpr std::string_view batches = R"sql(
CREATE TABLE record_batch (
  region_id      BIGINT NOT NULL,
  first_index    BIGINT NOT NULL,
  first_position BIGINT NOT NULL,
  leaves         BIGINT NOT NULL,
  made_at        BIGINT NOT NULL,
  entries        BLOB   NOT NULL,
  PRIMARY KEY (region_id, first_index)
);

CREATE UNIQUE INDEX record_batch_by_position ON record_batch(region_id, first_position);
)sql";

// The tree that was signed last, and how far its leaves go. Replaced only where the old one still
// stands: the one row that must never go back.
constexpr std::string_view head = R"sql(
CREATE TABLE record_head (
  region_id     BIGINT NOT NULL,
  origin        TEXT   NOT NULL,
  size          BIGINT NOT NULL,
  root          BLOB   NOT NULL,
  next_position BIGINT NOT NULL,
  last_seconds  BIGINT NOT NULL,
  note          TEXT   NOT NULL,
  PRIMARY KEY (region_id)
);
)sql";

// How far the events from before the record have been taken over.
constexpr std::string_view taking_over = R"sql(
CREATE TABLE record_taking_over (
  region_id BIGINT NOT NULL,
  last_case BLOB   NOT NULL,
  is_done   BIGINT NOT NULL,
  PRIMARY KEY (region_id)
);
)sql";

// What else has leaves: `about` names it, and case_id is then the visit, the promise, the relay.
// Few beside the cases, so they have an index of their own.
constexpr std::string_view other_leaves = R"sql(
ALTER TABLE record_leaf ADD COLUMN about TEXT NOT NULL DEFAULT 'case';

CREATE INDEX record_leaf_of_others ON record_leaf(region_id, about, case_id)
  WHERE about <> 'case';

CREATE TABLE record_taking_over_others (
  region_id    BIGINT NOT NULL,
  about        TEXT   NOT NULL,
  last_subject BLOB   NOT NULL,
  is_done      BIGINT NOT NULL,
  PRIMARY KEY (region_id, about)
);
)sql";

// What was published, where several servers share the database: each writes its own files of it.
// One row for each checkpoint of the last weeks.
constexpr std::string_view published = R"sql(
CREATE TABLE record_published (
  region_id    BIGINT NOT NULL,
  size         BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  note         TEXT   NOT NULL,
  PRIMARY KEY (region_id, size)
);
)sql";

constexpr Migration steps[] = {
    {1101, "1101_record_leaves", leaves},
    {1102, "1102_record_batches", batches},
    {1103, "1103_record_head", head},
    {1104, "1104_record_taking_over", taking_over},
    {1105, "1105_record_other_leaves", other_leaves},
    {1296, "1296_record_published", published},
};

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

}  // namespace minhu::record
