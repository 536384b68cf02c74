#include "features/leases/migrations.h"

namespace minhu::leases {

namespace {

// `term` grows each time that somebody else takes the lease, `beat` while one holds it. No time
// stands here: clocks of two machines need not agree.
constexpr std::string_view lease = R"sql(
CREATE TABLE lease (
  region_id BIGINT NOT NULL,
  name      TEXT   NOT NULL,
  holder    BLOB,
  term      BIGINT NOT NULL,
  beat      BIGINT NOT NULL,
  PRIMARY KEY (region_id, name)
);
)sql";

constexpr Migration steps[] = {{1290, "1290_lease", lease}};

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

}  // namespace minhu::leases
