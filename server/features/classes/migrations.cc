#include "features/classes/migrations.h"

namespace minhu::classes {

namespace {

// class_file is for lists; what is known of one class is read from its events. A county has some
// hundreds of classes, a class some thousands of events at most.
constexpr std::string_view life_of_a_class = R"sql(
CREATE TABLE class_event (
  region_id   BIGINT NOT NULL,
  class_id    BLOB   NOT NULL,
  seq         BIGINT NOT NULL,
  kind        TEXT   NOT NULL,
  recorded_at BIGINT NOT NULL,
  role        TEXT   NOT NULL,
  unit_id     BLOB,
  account_id  BLOB,
  payload     TEXT   NOT NULL,
  PRIMARY KEY (region_id, class_id, seq)
);

CREATE TABLE class_file (
  region_id   BIGINT NOT NULL,
  class_id    BLOB   NOT NULL,
  number      TEXT   NOT NULL,
  state       TEXT   NOT NULL,
  seq         BIGINT NOT NULL,
  title       TEXT   NOT NULL,
  category    TEXT   NOT NULL,
  places      TEXT   NOT NULL,
  text_group  TEXT   NOT NULL,
  lead_unit   BLOB,
  supporting  BLOB   NOT NULL,
  sponsor     TEXT   NOT NULL,
  theme       TEXT   NOT NULL,
  treated_on  TEXT   NOT NULL,
  relapses    BIGINT NOT NULL,
  published   BIGINT NOT NULL,
  detected_at BIGINT NOT NULL,
  changed_at  BIGINT NOT NULL,
  PRIMARY KEY (region_id, class_id)
);

CREATE INDEX class_by_change ON class_file(region_id, changed_at, class_id);

CREATE TABLE class_request (
  region_id  BIGINT NOT NULL,
  token_hash BLOB   NOT NULL,
  class_id   BLOB   NOT NULL,
  PRIMARY KEY (region_id, token_hash)
);
)sql";

// A case is of one class or of none; the key says so.
constexpr std::string_view cases_of_a_class = R"sql(
CREATE TABLE class_member (
  region_id BIGINT NOT NULL,
  case_id   BLOB   NOT NULL,
  class_id  BLOB   NOT NULL,
  since     BIGINT NOT NULL,
  PRIMARY KEY (region_id, case_id)
);

CREATE INDEX class_member_by_class ON class_member(region_id, class_id, since, case_id);

CREATE TABLE class_unrelated (
  region_id BIGINT NOT NULL,
  class_id  BLOB   NOT NULL,
  case_id   BLOB   NOT NULL,
  PRIMARY KEY (region_id, class_id, case_id)
);

CREATE INDEX class_unrelated_by_case ON class_unrelated(region_id, case_id, class_id);
)sql";

// One row an answer; of cases that are held or erased there is none.
constexpr std::string_view lessons = R"sql(
CREATE TABLE class_lesson (
  region_id       BIGINT NOT NULL,
  month           TEXT   NOT NULL,
  unit_id         BLOB   NOT NULL,
  case_id         BLOB   NOT NULL,
  seq             BIGINT NOT NULL,
  others_like_it  BIGINT NOT NULL,
  changed_so_that BIGINT NOT NULL,
  PRIMARY KEY (region_id, month, unit_id, case_id, seq)
);
)sql";

// 1 where it is known that the case names nobody. Whoever does not know says nothing, as a program
// of before does: such a member is looked at (may_name.h).
constexpr std::string_view members_that_name_nobody = R"sql(
ALTER TABLE class_member ADD COLUMN names_nobody BIGINT;

CREATE INDEX class_member_in_doubt ON class_member(region_id, class_id, case_id)
  WHERE names_nobody IS NULL;
)sql";

constexpr Migration steps[] = {
    {1001, "1001_life_of_a_class", life_of_a_class},
    {1002, "1002_cases_of_a_class", cases_of_a_class},
    {1003, "1003_lessons", lessons},
    {1299, "1299_members_that_name_nobody", members_that_name_nobody},
};

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

}  // namespace minhu::classes
