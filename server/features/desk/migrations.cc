#include "features/desk/migrations.h"

namespace minhu::desk {

namespace {

// Which cases an official likes to see together: filters and a title, nothing of a case.
constexpr std::string_view views = R"sql(
CREATE TABLE desk_view (
  region_id  BIGINT NOT NULL,
  account_id BLOB   NOT NULL,
  view_id    BLOB   NOT NULL,
  title      TEXT   NOT NULL,
  query      TEXT   NOT NULL,
  PRIMARY KEY (region_id, account_id, view_id)
);
)sql";

// The unit and no account: a draft is the unit's, whoever typed it. Sealed under the key of the
// case, so that erasing the case erases it.
constexpr std::string_view drafts = R"sql(
CREATE TABLE desk_draft (
  region_id BIGINT NOT NULL,
  case_id   BLOB   NOT NULL,
  unit_id   BLOB   NOT NULL,
  tab       TEXT   NOT NULL,
  revision  BIGINT NOT NULL,
  saved_at  BIGINT NOT NULL,
  sealed    BLOB   NOT NULL,
  PRIMARY KEY (region_id, case_id, unit_id, tab)
);

CREATE INDEX desk_draft_by_age ON desk_draft(region_id, saved_at);
)sql";

// A text without a unit is the county's. How often it was used stands beside it; by whom, nowhere.
constexpr std::string_view texts = R"sql(
CREATE TABLE desk_text (
  region_id  BIGINT NOT NULL,
  text_id    BLOB   NOT NULL,
  unit_id    BLOB,
  category   TEXT   NOT NULL,
  title      TEXT   NOT NULL,
  body       TEXT   NOT NULL,
  source     TEXT   NOT NULL,
  revision   BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  used       BIGINT NOT NULL,
  last_used  BIGINT,
  PRIMARY KEY (region_id, text_id)
);

CREATE TABLE desk_text_use (
  region_id BIGINT NOT NULL,
  text_id   BLOB   NOT NULL,
  case_id   BLOB   NOT NULL,
  used_at   BIGINT NOT NULL,
  PRIMARY KEY (region_id, text_id, case_id)
);

CREATE INDEX desk_text_use_by_time ON desk_text_use(region_id, text_id, used_at);
)sql";

// Each pair stands twice, once from either side.
constexpr std::string_view rejected_pairs = R"sql(
CREATE TABLE desk_not_similar (
  region_id BIGINT NOT NULL,
  case_id   BLOB   NOT NULL,
  other_id  BLOB   NOT NULL,
  said_at   BIGINT NOT NULL,
  PRIMARY KEY (region_id, case_id, other_id)
);
)sql";

// The pairs lie with the matters now, whose groups keep to them, too. Later than the step that
// makes their table. The old one stays: a program of before may still stand beside this one.
constexpr std::string_view pairs_moved =
    "INSERT INTO matter_apart(region_id, case_id, other_id, said_at) "
    "SELECT region_id, case_id, other_id, said_at FROM desk_not_similar;";

constexpr Migration steps[] = {
    {801, "0801_desk_views", views},
    {802, "0802_desk_drafts", drafts},
    {803, "0803_desk_texts", texts},
    {804, "0804_desk_rejected_pairs", rejected_pairs},
    {1060, "1060_desk_rejected_pairs_copied", pairs_moved},
};

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

}  // namespace minhu::desk
