#include "features/rechecks/rechecks.h"

namespace minhu::rechecks {

namespace {

// The counts are one writer's (the job), so they are counters, not deltas. `recheck_open` is as
// long as what is being asked now; `recheck_walk` remembers how far the walk along "solved" has
// come.
constexpr std::string_view asking = R"sql(
CREATE TABLE recheck_setting (
  region_id    BIGINT NOT NULL,
  day          BIGINT NOT NULL,
  one_in       BIGINT NOT NULL,
  most_a_month BIGINT NOT NULL,
  PRIMARY KEY (region_id, day)
);

CREATE TABLE recheck_walk (
  region_id BIGINT NOT NULL,
  day       BIGINT NOT NULL,
  solved_at BIGINT NOT NULL,
  case_id   BLOB   NOT NULL,
  PRIMARY KEY (region_id, day)
);

CREATE TABLE recheck_open (
  region_id BIGINT NOT NULL,
  asked_at  BIGINT NOT NULL,
  case_id   BLOB   NOT NULL,
  seq       BIGINT NOT NULL,
  day       BIGINT NOT NULL,
  unit_id   BLOB   NOT NULL,
  month     TEXT   NOT NULL,
  PRIMARY KEY (region_id, asked_at, case_id)
);

CREATE TABLE recheck_count (
  region_id  BIGINT NOT NULL,
  month      TEXT   NOT NULL,
  unit_id    BLOB   NOT NULL,
  day        BIGINT NOT NULL,
  asked      BIGINT NOT NULL,
  yes        BIGINT NOT NULL,
  partly     BIGINT NOT NULL,
  no         BIGINT NOT NULL,
  unanswered BIGINT NOT NULL,
  overtaken  BIGINT NOT NULL,
  PRIMARY KEY (region_id, month, unit_id, day)
);
)sql";

constexpr Migration steps[] = {{831, "0831_asking_again", asking}};

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

}  // namespace minhu::rechecks
