#include "features/matters/migrations.h"

namespace minhu::matters {

namespace {

// Which cases have to be looked at again, oldest change first. Kept for two days: a server that
// slept longer reads everything anew.
constexpr std::string_view changes = R"sql(
CREATE TABLE matter_change (
  region_id  BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  case_id    BLOB   NOT NULL,
  PRIMARY KEY (region_id, changed_at, case_id)
);
)sql";

// What a person has said of two matters: not the same. Each pair stands twice, once from either
// side.
constexpr std::string_view apart = R"sql(
CREATE TABLE matter_apart (
  region_id BIGINT NOT NULL,
  case_id   BLOB   NOT NULL,
  other_id  BLOB   NOT NULL,
  said_at   BIGINT NOT NULL,
  PRIMARY KEY (region_id, case_id, other_id)
);
)sql";

// A model holds weights of words and no text, in pieces, so that no statement is a big one. The
// scores are those of the day it was made, in millionths, on cases that it had not learnt from;
// `state` is one of candidate, in_use, retired. `outdated_at`: since then a case that it may have
// learnt from must not be learnt from any more.
constexpr std::string_view models = R"sql(
CREATE TABLE matter_model (
  region_id         BIGINT NOT NULL,
  version           TEXT   NOT NULL,
  scheme            TEXT   NOT NULL,
  state             TEXT   NOT NULL,
  made_at           BIGINT NOT NULL,
  learnt            BIGINT NOT NULL,
  tried             BIGINT NOT NULL,
  accuracy          BIGINT NOT NULL,
  macro_f1          BIGINT NOT NULL,
  calibration_error BIGINT NOT NULL,
  when_sure         BIGINT NOT NULL,
  outdated_at       BIGINT,
  PRIMARY KEY (region_id, version)
);

CREATE TABLE matter_model_piece (
  region_id BIGINT NOT NULL,
  version   TEXT   NOT NULL,
  piece     BIGINT NOT NULL,
  bytes     BLOB   NOT NULL,
  PRIMARY KEY (region_id, version, piece)
);
)sql";

// From which cases no model learns, because somebody who may sort them said so.
constexpr std::string_view left_out = R"sql(
CREATE TABLE matter_not_learnt (
  region_id BIGINT NOT NULL,
  case_id   BLOB   NOT NULL,
  said_at   BIGINT NOT NULL,
  PRIMARY KEY (region_id, case_id)
);
)sql";

constexpr Migration steps[] = {
    {1051, "1051_matter_changes", changes},
    {1052, "1052_matters_apart", apart},
    {1053, "1053_matter_models", models},
    {1054, "1054_matters_not_learnt", left_out},
};

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

}  // namespace minhu::matters
