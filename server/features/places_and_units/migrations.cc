#include "features/places_and_units/places_and_units.h"

namespace minhu::places_and_units {

namespace {

constexpr Migration steps[] = {{101, "0101_places_units_duties_categories", R"sql(
CREATE TABLE place (
  region_id BIGINT NOT NULL,
  code      TEXT   NOT NULL,
  parent    TEXT   NOT NULL,
  name      TEXT   NOT NULL,
  PRIMARY KEY (region_id, code)
);
CREATE INDEX place_by_parent ON place(region_id, parent);

CREATE TABLE unit (
  region_id   BIGINT NOT NULL,
  unit_id     BLOB   NOT NULL,
  code        TEXT   NOT NULL,
  name        TEXT   NOT NULL,
  kind        TEXT   NOT NULL,
  level       TEXT   NOT NULL,
  parent_id   BLOB,
  place       TEXT   NOT NULL,
  leader_post TEXT   NOT NULL,
  phone       TEXT   NOT NULL,
  active      BIGINT NOT NULL,
  PRIMARY KEY (region_id, unit_id)
);
CREATE UNIQUE INDEX unit_by_code ON unit(region_id, code);

CREATE TABLE duty (
  region_id BIGINT NOT NULL,
  category  TEXT   NOT NULL,
  unit_id   BLOB   NOT NULL,
  source    TEXT   NOT NULL,
  PRIMARY KEY (region_id, category)
);

CREATE TABLE category (
  region_id BIGINT NOT NULL,
  scheme    TEXT   NOT NULL,
  code      TEXT   NOT NULL,
  parent    TEXT   NOT NULL,
  name      TEXT   NOT NULL,
  PRIMARY KEY (region_id, scheme, code)
);

CREATE TABLE category_map (
  region_id BIGINT NOT NULL,
  category  TEXT   NOT NULL,
  scheme    TEXT   NOT NULL,
  becomes   TEXT   NOT NULL,
  PRIMARY KEY (region_id, category, scheme)
);

CREATE TABLE dispatch_rule (
  region_id BIGINT NOT NULL,
  code      TEXT   NOT NULL,
  category  TEXT   NOT NULL,
  area      TEXT   NOT NULL,
  unit_id   BLOB   NOT NULL,
  source    TEXT   NOT NULL,
  PRIMARY KEY (region_id, code)
);

CREATE TABLE category_word (
  region_id BIGINT NOT NULL,
  word      TEXT   NOT NULL,
  category  TEXT   NOT NULL,
  PRIMARY KEY (region_id, word, category)
);
)sql"},
                               {102, "0102_county_profile", R"sql(
CREATE TABLE county_profile (
  region_id       BIGINT NOT NULL,
  name            TEXT   NOT NULL,
  organiser       TEXT   NOT NULL,
  phone           TEXT   NOT NULL,
  petition_office TEXT   NOT NULL,
  hotline_body    TEXT   NOT NULL,
  default_track   TEXT   NOT NULL,
  is_demo         BIGINT NOT NULL,
  PRIMARY KEY (region_id)
);
)sql"},
                               // What a county stops using stays: a case from before points at it.
                               {103, "0103_ended_rules_and_categories", R"sql(
ALTER TABLE dispatch_rule ADD COLUMN ended_at BIGINT;
ALTER TABLE category ADD COLUMN ended_at BIGINT;
)sql"},
                               {1153, "1153_upper_body", R"sql(
ALTER TABLE county_profile ADD COLUMN upper_body TEXT NOT NULL DEFAULT '';
)sql"}};

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

}  // namespace minhu::places_and_units
