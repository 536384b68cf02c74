#include "features/receptions/migrations.h"

namespace minhu::receptions {

namespace {

// A tablet of an office, the blocks of numbers that it was given (their numbers: cases/
// printed_numbers.h), and which recorded session became which case. What was said lies with the
// case; here are ids, times and a keyed hash of the record as it arrived.
constexpr std::string_view tablets = R"sql(
CREATE TABLE reception_device (
  region_id  BIGINT NOT NULL,
  device_id  BLOB   NOT NULL,
  unit_id    BLOB   NOT NULL,
  marking    TEXT   NOT NULL,
  added_at   BIGINT NOT NULL,
  revoked_at BIGINT,
  PRIMARY KEY (region_id, device_id)
);
CREATE INDEX reception_device_by_unit ON reception_device(region_id, unit_id, added_at);

CREATE TABLE reception_block (
  region_id BIGINT NOT NULL,
  device_id BLOB   NOT NULL,
  given_at  BIGINT NOT NULL,
  block_id  BLOB   NOT NULL,
  visit_id  BLOB,
  PRIMARY KEY (region_id, device_id, given_at, block_id)
);
CREATE UNIQUE INDEX reception_block_by_id ON reception_block(region_id, block_id);

CREATE TABLE reception_session (
  region_id   BIGINT NOT NULL,
  session_id  BLOB   NOT NULL,
  device_id   BLOB   NOT NULL,
  visit_id    BLOB,
  case_id     BLOB   NOT NULL,
  received_at BIGINT NOT NULL,
  record_hash BLOB   NOT NULL,
  content_id  BLOB,
  instruction TEXT   NOT NULL,
  because     TEXT   NOT NULL,
  PRIMARY KEY (region_id, session_id)
);
CREATE INDEX reception_session_by_device
  ON reception_session(region_id, device_id, received_at, session_id);
)sql";

// What happened to a tablet. Of those from before, the program writes the events at its next start
// (chronicle.h).
constexpr std::string_view life_of_a_tablet = R"sql(
CREATE TABLE reception_event (
  region_id   BIGINT NOT NULL,
  device_id   BLOB   NOT NULL,
  seq         BIGINT NOT NULL,
  kind        TEXT   NOT NULL,
  recorded_at BIGINT NOT NULL,
  role        TEXT   NOT NULL,
  unit_id     BLOB,
  account_id  BLOB,
  payload     TEXT   NOT NULL,
  PRIMARY KEY (region_id, device_id, seq)
);
)sql";

constexpr Migration steps[] = {
    {1236, "1236_tablets_of_a_reception", tablets},
    {1237, "1237_life_of_a_tablet", life_of_a_tablet},
};

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

}  // namespace minhu::receptions
