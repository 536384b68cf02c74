#include "features/administration/migrations.h"

namespace minhu::administration {

namespace {

// Append-only: no statement of the program changes or removes a row.
constexpr Migration steps[] = {{901, "0901_settings_event", R"sql(
CREATE TABLE settings_event (
  region_id  BIGINT NOT NULL,
  seq        BIGINT NOT NULL,
  at         BIGINT NOT NULL,
  role       TEXT   NOT NULL,
  unit_id    BLOB,
  account_id BLOB,
  subject    TEXT   NOT NULL,
  item       TEXT   NOT NULL,
  action     TEXT   NOT NULL,
  before     TEXT   NOT NULL,
  after      TEXT   NOT NULL,
  reason     TEXT   NOT NULL,
  PRIMARY KEY (region_id, seq)
);
CREATE INDEX settings_event_by_item ON settings_event(region_id, subject, item, seq);
)sql"}};

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

}  // namespace minhu::administration
