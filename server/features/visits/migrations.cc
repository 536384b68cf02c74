#include "features/visits/migrations.h"

namespace minhu::visits {

namespace {

// visit_file is for lists; what is known of one visit is read from its events: a day has some
// dozens of groups, so some hundreds of events.
constexpr std::string_view life_of_a_visit = R"sql(
CREATE TABLE visit_event (
  region_id   BIGINT NOT NULL,
  visit_id    BLOB   NOT NULL,
  seq         BIGINT NOT NULL,
  kind        TEXT   NOT NULL,
  recorded_at BIGINT NOT NULL,
  role        TEXT   NOT NULL,
  unit_id     BLOB,
  account_id  BLOB,
  payload     TEXT   NOT NULL,
  PRIMARY KEY (region_id, visit_id, seq)
);

CREATE TABLE visit_file (
  region_id    BIGINT NOT NULL,
  visit_id     BLOB   NOT NULL,
  form         TEXT   NOT NULL,
  state        TEXT   NOT NULL,
  seq          BIGINT NOT NULL,
  unit_id      BLOB   NOT NULL,
  leader_name  TEXT   NOT NULL,
  leader_post  TEXT   NOT NULL,
  place        TEXT   NOT NULL,
  place_words  TEXT   NOT NULL,
  topics       TEXT   NOT NULL,
  begins_at    BIGINT NOT NULL,
  ends_at      BIGINT NOT NULL,
  is_public    BIGINT NOT NULL,
  capacity     BIGINT NOT NULL,
  taken        BIGINT NOT NULL,
  free_to_book BIGINT NOT NULL,
  on_the_list  BIGINT NOT NULL,
  not_held     BIGINT NOT NULL,
  PRIMARY KEY (region_id, visit_id)
);

CREATE INDEX visit_by_day ON visit_file(region_id, begins_at, visit_id);

CREATE TABLE visit_request (
  region_id  BIGINT NOT NULL,
  token_hash BLOB   NOT NULL,
  visit_id   BLOB   NOT NULL,
  group_id   BLOB,
  PRIMARY KEY (region_id, token_hash)
);
)sql";

// visit_phone: one row for each telephone with a booking, under a key of the visit that is
// destroyed with its contacts. Its primary key is what makes booking twice impossible.
constexpr std::string_view queue_of_a_visit = R"sql(
CREATE TABLE visit_phone (
  region_id  BIGINT NOT NULL,
  visit_id   BLOB   NOT NULL,
  phone_hash BLOB   NOT NULL,
  group_id   BLOB   NOT NULL,
  PRIMARY KEY (region_id, visit_id, phone_hash)
);

CREATE INDEX visit_phone_by_group ON visit_phone(region_id, visit_id, group_id);

CREATE TABLE visit_code (
  region_id BIGINT NOT NULL,
  visit_id  BLOB   NOT NULL,
  group_id  BLOB   NOT NULL,
  code_hash BLOB   NOT NULL,
  PRIMARY KEY (region_id, visit_id, group_id)
);

CREATE TABLE visit_case (
  region_id BIGINT NOT NULL,
  case_id   BLOB   NOT NULL,
  visit_id  BLOB   NOT NULL,
  group_id  BLOB   NOT NULL,
  PRIMARY KEY (region_id, case_id)
);

CREATE INDEX visit_case_by_visit ON visit_case(region_id, visit_id, case_id);
)sql";

constexpr std::string_view calendars = R"sql(
CREATE TABLE visit_calendar (
  region_id   BIGINT NOT NULL,
  calendar_id BLOB   NOT NULL,
  account_id  BLOB   NOT NULL,
  leader      TEXT   NOT NULL,
  token_hash  BLOB   NOT NULL,
  made_at     BIGINT NOT NULL,
  PRIMARY KEY (region_id, calendar_id)
);

CREATE UNIQUE INDEX visit_calendar_by_token ON visit_calendar(region_id, token_hash);
CREATE INDEX visit_calendar_by_account ON visit_calendar(region_id, account_id, calendar_id);
)sql";

// Whom a change of the day is still to be told, and how it ended; goes with the contacts.
constexpr std::string_view who_booked_is_told = R"sql(
CREATE TABLE visit_notice (
  region_id   BIGINT NOT NULL,
  visit_id    BLOB   NOT NULL,
  group_id    BLOB   NOT NULL,
  notice_id   BLOB   NOT NULL,
  occasion    TEXT   NOT NULL,
  next_try_at BIGINT,
  tries       BIGINT NOT NULL,
  outcome     TEXT   NOT NULL,
  PRIMARY KEY (region_id, visit_id, group_id)
);

CREATE INDEX visit_notice_by_time ON visit_notice(region_id, next_try_at, notice_id)
  WHERE next_try_at IS NOT NULL;
)sql";

constexpr Migration steps[] = {
    {1201, "1201_life_of_a_visit", life_of_a_visit},
    {1202, "1202_queue_of_a_visit", queue_of_a_visit},
    {1203, "1203_calendars", calendars},
    {1204, "1204_who_booked_is_told", who_booked_is_told},
};

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

}  // namespace minhu::visits
