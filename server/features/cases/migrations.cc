#include "features/cases/migrations.h"

namespace minhu::cases {

namespace {

// Every table of a case carries the region first, so that one schema serves one office and a
// province (docs/adr/0003).
constexpr std::string_view events_and_content = R"sql(
CREATE TABLE case_event (
  region_id   BIGINT  NOT NULL,
  case_id     BLOB    NOT NULL,
  seq         BIGINT  NOT NULL,
  kind        TEXT    NOT NULL,
  happened_at BIGINT  NOT NULL,
  recorded_at BIGINT  NOT NULL,
  role        TEXT    NOT NULL,
  unit_id     BLOB,
  account_id  BLOB,
  payload     TEXT    NOT NULL,
  PRIMARY KEY (region_id, case_id, seq)
);

CREATE TABLE case_key (
  region_id BIGINT NOT NULL,
  case_id   BLOB   NOT NULL,
  wrapped   BLOB   NOT NULL,
  PRIMARY KEY (region_id, case_id)
);

CREATE TABLE content (
  region_id  BIGINT NOT NULL,
  case_id    BLOB   NOT NULL,
  content_id BLOB   NOT NULL,
  role       TEXT   NOT NULL,
  media_type TEXT   NOT NULL,
  size       BIGINT NOT NULL,
  stored_at  BIGINT NOT NULL,
  commitment BLOB   NOT NULL,
  sealed     BLOB,
  PRIMARY KEY (region_id, case_id, content_id)
);

CREATE TABLE content_piece (
  region_id  BIGINT NOT NULL,
  case_id    BLOB   NOT NULL,
  content_id BLOB   NOT NULL,
  piece      BIGINT NOT NULL,
  sealed     BLOB   NOT NULL,
  PRIMARY KEY (region_id, case_id, content_id, piece)
);
)sql";

constexpr std::string_view row_of_today = R"sql(
CREATE TABLE case_file (
  region_id              BIGINT NOT NULL,
  case_id                BLOB   NOT NULL,
  number                 TEXT   NOT NULL,
  track                  TEXT   NOT NULL,
  channel                TEXT   NOT NULL,
  state                  TEXT   NOT NULL,
  seq                    BIGINT NOT NULL,
  received_at            BIGINT NOT NULL,
  registered_at          BIGINT NOT NULL,
  changed_at             BIGINT NOT NULL,
  place                  TEXT   NOT NULL,
  category               TEXT   NOT NULL,
  urgency                TEXT   NOT NULL,
  dispatching_unit       BLOB,
  first_unit             BLOB,
  lead_unit              BLOB,
  review_unit            BLOB,
  co_units               BLOB   NOT NULL,
  designated             BIGINT NOT NULL,
  outcome                TEXT,
  answered_at            BIGINT,
  solved                 TEXT,
  satisfaction           TEXT,
  rated_at               BIGINT,
  closed_at              BIGINT,
  merged_into            BLOB,
  returned               BIGINT NOT NULL,
  reopened               BIGINT NOT NULL,
  urged                  BIGINT NOT NULL,
  urged_at               BIGINT,
  extended_days          BIGINT NOT NULL,
  callback_attempts      BIGINT NOT NULL,
  attempt_parts_of_day   BIGINT NOT NULL,
  words                  BLOB,
  contact                BLOB,
  public_answer          BLOB,
  may_be_called          BIGINT NOT NULL,
  activated              BIGINT NOT NULL,
  erased                 BIGINT NOT NULL,
  joint_conference       BIGINT NOT NULL,
  PRIMARY KEY (region_id, case_id)
);

-- Counts of a year walk the cases of that year, not all there ever were.
CREATE INDEX case_by_received ON case_file(region_id, received_at);
CREATE INDEX case_by_closed ON case_file(region_id, closed_at);

CREATE TABLE case_clock (
  region_id   BIGINT NOT NULL,
  case_id     BLOB   NOT NULL,
  clock       BIGINT NOT NULL,
  rule        TEXT   NOT NULL,
  pack        TEXT   NOT NULL,
  calendar    TEXT   NOT NULL,
  started     BIGINT NOT NULL,
  due         BIGINT NOT NULL,
  paused_at   BIGINT,
  met_at      BIGINT,
  provisional BIGINT NOT NULL,
  citizen     BIGINT NOT NULL,
  PRIMARY KEY (region_id, case_id, clock)
);

CREATE TABLE queue_entry (
  region_id BIGINT NOT NULL,
  unit_id   BLOB   NOT NULL,
  part      TEXT   NOT NULL,
  due       BIGINT NOT NULL,
  case_id   BLOB   NOT NULL,
  PRIMARY KEY (region_id, unit_id, part, due, case_id)
);

CREATE TABLE merged_case (
  region_id BIGINT NOT NULL,
  into_id   BLOB   NOT NULL,
  case_id   BLOB   NOT NULL,
  PRIMARY KEY (region_id, into_id, case_id)
);
)sql";

constexpr std::string_view receipts = R"sql(
CREATE TABLE receipt (
  region_id BIGINT NOT NULL,
  serial    BIGINT NOT NULL,
  case_id   BLOB   NOT NULL,
  version   BIGINT NOT NULL,
  code_hash BLOB,
  activation_hash BLOB,
  PRIMARY KEY (region_id, serial)
);

CREATE TABLE repeated_request (
  region_id  BIGINT NOT NULL,
  token_hash BLOB   NOT NULL,
  case_id    BLOB   NOT NULL,
  seq        BIGINT NOT NULL,
  made_at    BIGINT NOT NULL,
  PRIMARY KEY (region_id, token_hash)
);
)sql";

// An outbox, not a part of the case: rows go as soon as features/messages has taken them over.
constexpr std::string_view notices = R"sql(
CREATE TABLE pending_notice (
  region_id BIGINT NOT NULL,
  notice_id BLOB   NOT NULL,
  case_id   BLOB   NOT NULL,
  seq       BIGINT NOT NULL,
  occasion  TEXT   NOT NULL,
  made_at   BIGINT NOT NULL,
  PRIMARY KEY (region_id, notice_id)
);
)sql";

// What a clock's date is explained by, and whose it is where each unit has its own.
constexpr std::string_view what_moved_a_clock = R"sql(
ALTER TABLE case_clock ADD COLUMN unit_id BLOB;
ALTER TABLE case_clock ADD COLUMN amount BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_clock ADD COLUMN extended BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_clock ADD COLUMN paused BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_clock ADD COLUMN tightened BIGINT NOT NULL DEFAULT 0;
)sql";

constexpr std::string_view more_of_today = R"sql(
ALTER TABLE case_file ADD COLUMN hearing_open BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_file ADD COLUMN settled BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_file ADD COLUMN review_changed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_file ADD COLUMN complained_of BLOB;
ALTER TABLE case_file ADD COLUMN supervised_units BLOB;
ALTER TABLE case_file ADD COLUMN recommended_units BLOB;
)sql";

// What is asked after the answer, and what supervisors look for. Only those who said "solved" stand
// in the index.
constexpr std::string_view watched = R"sql(
ALTER TABLE case_file ADD COLUMN solved_at BIGINT;
ALTER TABLE case_file ADD COLUMN question_day BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_file ADD COLUMN question_at BIGINT;
ALTER TABLE case_file ADD COLUMN asks_again_at BIGINT;
ALTER TABLE case_file ADD COLUMN lead_acted_at BIGINT;
ALTER TABLE case_file ADD COLUMN sent_back_at BIGINT;
ALTER TABLE case_file ADD COLUMN returned_at BIGINT;
ALTER TABLE case_file ADD COLUMN silent_co_units BLOB;
CREATE INDEX case_by_solved ON case_file(region_id, solved_at, case_id) WHERE solved_at IS NOT NULL;

CREATE TABLE watch_entry (
  region_id BIGINT NOT NULL,
  watch     TEXT   NOT NULL,
  at        BIGINT NOT NULL,
  case_id   BLOB   NOT NULL,
  unit_id   BLOB   NOT NULL,
  PRIMARY KEY (region_id, watch, at, case_id, unit_id)
);
)sql";

// What a unit has handled, the latest change first; and what is of the same kind at the same place.
constexpr std::string_view lists_of_an_office = R"sql(
CREATE INDEX case_by_lead ON case_file(region_id, lead_unit, changed_at, case_id);
CREATE INDEX case_by_kind ON case_file(region_id, category, received_at);
CREATE INDEX case_by_kind_and_place ON case_file(region_id, category, place, received_at);
)sql";

// Recordings that nobody has written down: they stand in a queue of their own.
constexpr std::string_view recordings = R"sql(
ALTER TABLE case_file ADD COLUMN recordings BIGINT NOT NULL DEFAULT 0;
)sql";

// The keys of cases lie in a database of their own (key_store.h); here are those on their way
// there, and which of those there are to be destroyed. A row without wrapping_id is of a time
// before.
constexpr std::string_view keys_elsewhere = R"sql(
ALTER TABLE case_key ADD COLUMN wrapping_id BLOB;

CREATE TABLE erased_key (
  region_id BIGINT NOT NULL,
  case_id   BLOB   NOT NULL,
  PRIMARY KEY (region_id, case_id)
);

CREATE TABLE key_store_of (
  region_id BIGINT NOT NULL,
  store_id  BLOB   NOT NULL,
  PRIMARY KEY (region_id)
);

DELETE FROM queue_entry WHERE (region_id, case_id) IN
  (SELECT region_id, case_id FROM case_file WHERE erased = 1);
DELETE FROM watch_entry WHERE (region_id, case_id) IN
  (SELECT region_id, case_id FROM case_file WHERE erased = 1);
)sql";

// Before anybody was asked, whoever left a contact meant it for us and for nobody else.
constexpr std::string_view identity_levels = R"sql(
ALTER TABLE case_file ADD COLUMN identity_level TEXT NOT NULL DEFAULT 'anonymous';
UPDATE case_file SET identity_level = 'confidential' WHERE contact IS NOT NULL;
)sql";

// Whom a case accuses beside units, who stays out of it, and the list of such cases while they are
// open: what is looked at when a register of officials changes.
constexpr std::string_view named_people = R"sql(
ALTER TABLE case_file ADD COLUMN accused_people BLOB;
ALTER TABLE case_file ADD COLUMN recused BLOB;
ALTER TABLE case_file ADD COLUMN recusals_asked BLOB;
ALTER TABLE case_file ADD COLUMN retaliation_for BLOB;

CREATE TABLE retaliation_report (
  region_id BIGINT NOT NULL,
  about_id  BLOB   NOT NULL,
  case_id   BLOB   NOT NULL,
  PRIMARY KEY (region_id, about_id, case_id)
);

CREATE TABLE named_case (
  region_id BIGINT NOT NULL,
  case_id   BLOB   NOT NULL,
  PRIMARY KEY (region_id, case_id)
);
INSERT INTO named_case(region_id, case_id) SELECT region_id, case_id FROM case_file
WHERE length(complained_of) > 0;
)sql";

// What was asked for within a day by whoever lost the code of a receipt; case_id where it fitted.
constexpr std::string_view code_requests = R"sql(
CREATE TABLE code_request (
  region_id  BIGINT NOT NULL,
  request_id BLOB   NOT NULL,
  case_id    BLOB,
  asked_at   BIGINT NOT NULL,
  sent       BIGINT NOT NULL,
  tries      BIGINT NOT NULL,
  PRIMARY KEY (region_id, request_id)
);
)sql";

// Numbers that were printed before there is a case: a row of printed_number is one whose words have
// not arrived, with the keyed hash of the activation code on the paper and nothing else of it.
constexpr std::string_view printed_numbers = R"sql(
CREATE TABLE number_block (
  region_id    BIGINT NOT NULL,
  block_id     BLOB   NOT NULL,
  token_hash   BLOB   NOT NULL,
  first_serial BIGINT NOT NULL,
  last_serial  BIGINT NOT NULL,
  given_at     BIGINT NOT NULL,
  revoked_at   BIGINT,
  PRIMARY KEY (region_id, block_id)
);
CREATE UNIQUE INDEX number_block_by_serial ON number_block(region_id, last_serial);
CREATE UNIQUE INDEX number_block_by_request ON number_block(region_id, token_hash);

CREATE TABLE printed_number (
  region_id BIGINT NOT NULL,
  serial    BIGINT NOT NULL,
  block_id  BLOB   NOT NULL,
  code_hash BLOB   NOT NULL,
  PRIMARY KEY (region_id, serial)
);
CREATE INDEX printed_number_by_block ON printed_number(region_id, block_id, serial);
)sql";

// Requests to see a name that nobody has decided on: one of those that were asked before, too (one
// that was decided since is passed over when the list is read).
constexpr std::string_view names_waiting = R"sql(
CREATE TABLE name_waiting (
  region_id BIGINT NOT NULL,
  case_id   BLOB   NOT NULL,
  seq       BIGINT NOT NULL,
  asked_at  BIGINT NOT NULL,
  PRIMARY KEY (region_id, case_id, seq)
);
INSERT INTO name_waiting(region_id, case_id, seq, asked_at)
  SELECT region_id, case_id, seq, happened_at FROM case_event WHERE kind = 'name_asked_for';
)sql";

// Under which intake key new cases are stored. Here, and not in the key store or in anybody's
// memory, so that several servers change over in one commit: it is read in the transaction that
// stores a key, and an intake key that is not named here any more gets no new case.
constexpr std::string_view intake_key_in_use = R"sql(
CREATE TABLE intake_key (
  region_id   BIGINT NOT NULL,
  wrapping_id BLOB   NOT NULL,
  PRIMARY KEY (region_id)
);
)sql";

// What stands out among the places of a queue, a row for each: counted without a look at every case
// that waits.
constexpr std::string_view marks_of_a_queue = R"sql(
CREATE TABLE queue_mark (
  region_id BIGINT NOT NULL,
  unit_id   BLOB   NOT NULL,
  part      TEXT   NOT NULL,
  mark      TEXT   NOT NULL,
  due       BIGINT NOT NULL,
  case_id   BLOB   NOT NULL,
  PRIMARY KEY (region_id, unit_id, part, mark, due, case_id)
);

INSERT INTO queue_mark(region_id, unit_id, part, mark, due, case_id)
  SELECT q.region_id, q.unit_id, q.part, 'returned', q.due, q.case_id FROM queue_entry q
  JOIN case_file c ON c.region_id = q.region_id AND c.case_id = q.case_id WHERE c.returned > 0;

INSERT INTO queue_mark(region_id, unit_id, part, mark, due, case_id)
  SELECT q.region_id, q.unit_id, q.part, 'redo', q.due, q.case_id FROM queue_entry q
  JOIN case_file c ON c.region_id = q.region_id AND c.case_id = q.case_id
  WHERE c.reopened > 0 OR c.solved = 'no' OR c.satisfaction = 'dissatisfied';
)sql";

// Those that name somebody, over or not: a few of all, by when they changed.
constexpr std::string_view cases_that_name = R"sql(
CREATE INDEX case_that_names ON case_file(region_id, changed_at, case_id)
  WHERE length(complained_of) > 0 OR length(accused_people) > 0 OR length(recused) > 0;
)sql";

constexpr Migration steps[] = {
    {301, "0301_events_and_content", events_and_content},
    {302, "0302_row_of_today", row_of_today},
    {303, "0303_receipts", receipts},
    {304, "0304_notices", notices},
    {305, "0305_what_moved_a_clock", what_moved_a_clock},
    {306, "0306_more_of_today", more_of_today},
    {310, "0310_lists_of_an_office", lists_of_an_office},
    {321, "0321_recordings", recordings},
    {340, "0340_watched", watched},
    {1121, "1121_keys_elsewhere", keys_elsewhere},
    {1122, "1122_identity_levels", identity_levels},
    {1123, "1123_code_requests", code_requests},
    {1152, "1152_named_people", named_people},
    {1235, "1235_printed_numbers", printed_numbers},
    {1270, "1270_names_waiting", names_waiting},
    {1295, "1295_intake_key_in_use", intake_key_in_use},
    {1297, "1297_marks_of_a_queue", marks_of_a_queue},
    {1298, "1298_cases_that_name", cases_that_name},
};

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

}  // namespace minhu::cases
