#include "features/visit_plans/migrations.h"

namespace minhu::visit_plans {

namespace {

// What is known of places as places: nothing here says anything of a person.
constexpr std::string_view villages_and_policy = R"sql(
CREATE TABLE plan_village (
  region_id    BIGINT NOT NULL,
  place        TEXT   NOT NULL,
  latitude_e7  BIGINT NOT NULL,
  longitude_e7 BIGINT NOT NULL,
  people       BIGINT NOT NULL,
  signal       BIGINT NOT NULL,
  languages    TEXT   NOT NULL,
  hours        TEXT   NOT NULL,
  minutes      BIGINT NOT NULL,
  PRIMARY KEY (region_id, place)
);

CREATE TABLE plan_policy (
  region_id  BIGINT NOT NULL,
  seq        BIGINT NOT NULL,
  toml       TEXT   NOT NULL,
  reason     TEXT   NOT NULL,
  account_id BLOB,
  decided_at BIGINT NOT NULL,
  PRIMARY KEY (region_id, seq)
);
)sql";

// A month of planning: frozen and never written again.
constexpr std::string_view cycles = R"sql(
CREATE TABLE plan_cycle (
  region_id    BIGINT NOT NULL,
  month        TEXT   NOT NULL,
  policy       TEXT   NOT NULL,
  classes      TEXT   NOT NULL,
  usual_need   BIGINT NOT NULL,
  matters      BIGINT NOT NULL,
  no_village   BIGINT NOT NULL,
  seal         BLOB   NOT NULL,
  account_id   BLOB,
  published_at BIGINT NOT NULL,
  PRIMARY KEY (region_id, month)
);

CREATE TABLE plan_quiet (
  region_id BIGINT NOT NULL,
  month     TEXT   NOT NULL,
  place     TEXT   NOT NULL,
  since     TEXT   NOT NULL,
  silence   BIGINT NOT NULL,
  quiet     TEXT   NOT NULL,
  PRIMARY KEY (region_id, month, place)
);

CREATE TABLE plan_lot_event (
  region_id   BIGINT NOT NULL,
  month       TEXT   NOT NULL,
  seq         BIGINT NOT NULL,
  kind        TEXT   NOT NULL,
  payload     TEXT   NOT NULL,
  account_id  BLOB,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (region_id, month, seq)
);
)sql";

constexpr std::string_view plans = R"sql(
CREATE TABLE plan_wish (
  region_id   BIGINT NOT NULL,
  month       TEXT   NOT NULL,
  seq         BIGINT NOT NULL,
  kind        TEXT   NOT NULL,
  place       TEXT   NOT NULL,
  on_date     TEXT   NOT NULL,
  reason      TEXT   NOT NULL,
  account_id  BLOB,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (region_id, month, seq)
);

CREATE TABLE visit_plan (
  region_id   BIGINT NOT NULL,
  month       TEXT   NOT NULL,
  version     BIGINT NOT NULL,
  problem     TEXT   NOT NULL,
  input_hash  BLOB   NOT NULL,
  seed        BIGINT NOT NULL,
  iterations  BIGINT NOT NULL,
  team_days   BIGINT NOT NULL,
  lot_days    TEXT   NOT NULL,
  leaders     TEXT   NOT NULL,
  notes       TEXT   NOT NULL,
  account_id  BLOB,
  made_at     BIGINT NOT NULL,
  accepted_at BIGINT,
  PRIMARY KEY (region_id, month, version)
);

CREATE TABLE plan_stop (
  region_id BIGINT NOT NULL,
  month     TEXT   NOT NULL,
  version   BIGINT NOT NULL,
  place     TEXT   NOT NULL,
  outcome   TEXT   NOT NULL,
  leader    BLOB,
  on_date   TEXT   NOT NULL,
  begins    BIGINT NOT NULL,
  ends      BIGINT NOT NULL,
  announced BIGINT NOT NULL,
  due       TEXT   NOT NULL,
  reasons   TEXT   NOT NULL,
  visit_id  BLOB,
  PRIMARY KEY (region_id, month, version, place)
);
)sql";

// Words of what was found lie in the content store, under a key of the investigation.
constexpr std::string_view investigations = R"sql(
CREATE TABLE investigation (
  region_id   BIGINT NOT NULL,
  id          BLOB   NOT NULL,
  title       TEXT   NOT NULL,
  from_date   TEXT   NOT NULL,
  to_date     TEXT   NOT NULL,
  account_id  BLOB,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (region_id, id)
);

CREATE TABLE investigation_stop (
  region_id BIGINT NOT NULL,
  id        BLOB   NOT NULL,
  on_date   TEXT   NOT NULL,
  place     TEXT   NOT NULL,
  PRIMARY KEY (region_id, id, on_date, place)
);

CREATE TABLE investigation_finding (
  region_id   BIGINT NOT NULL,
  id          BLOB   NOT NULL,
  seq         BIGINT NOT NULL,
  place       TEXT   NOT NULL,
  on_date     TEXT   NOT NULL,
  people_met  BIGINT NOT NULL,
  needs       BIGINT NOT NULL,
  content_id  BLOB   NOT NULL,
  token       BLOB   NOT NULL,
  account_id  BLOB,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (region_id, id, seq)
);

CREATE TABLE investigation_need (
  region_id BIGINT NOT NULL,
  case_id   BLOB   NOT NULL,
  id        BLOB   NOT NULL,
  PRIMARY KEY (region_id, case_id)
);
)sql";

constexpr Migration steps[] = {
    {1220, "1220_villages_and_policy", villages_and_policy},
    {1221, "1221_cycles", cycles},
    {1222, "1222_plans", plans},
    {1223, "1223_investigations", investigations},
};

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

}  // namespace minhu::visit_plans
