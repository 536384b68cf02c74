#include "features/insight/migrations.h"

namespace minhu::insight {

namespace {

// No counter is changed by a step: each step appends what it changes, one row; a job folds these
// into sums. Two steps of one office never wait for the same row.
constexpr std::string_view sums_and_differences = R"sql(
CREATE TABLE figure_delta (
  region_id BIGINT NOT NULL,
  case_id   BLOB   NOT NULL,
  seq       BIGINT NOT NULL,
  cells     BLOB   NOT NULL,
  PRIMARY KEY (region_id, case_id, seq)
);

CREATE TABLE figure_sum (
  region_id BIGINT NOT NULL,
  piece     BIGINT NOT NULL,
  about     BLOB   NOT NULL,
  track     TEXT   NOT NULL,
  counts    BLOB   NOT NULL,
  PRIMARY KEY (region_id, piece, about, track)
);
)sql";

constexpr Migration steps[] = {
    {851, "0851_sums_and_differences", sums_and_differences},
};

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

}  // namespace minhu::insight
