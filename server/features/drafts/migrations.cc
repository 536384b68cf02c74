#include "features/drafts/migrations.h"

namespace minhu::drafts {

namespace {

// draft_id is a keyed hash of the token that the person holds; the token itself is nowhere here, so
// whoever has the database can neither open a draft nor say whose browser it belongs to.
constexpr std::string_view drafts = R"sql(
CREATE TABLE draft (
  region_id  BIGINT NOT NULL,
  draft_id   BLOB   NOT NULL,
  expires_at BIGINT NOT NULL,
  sealed     BLOB   NOT NULL,
  PRIMARY KEY (region_id, draft_id)
);

CREATE INDEX draft_by_expiry ON draft(region_id, expires_at);

CREATE TABLE draft_attachment (
  region_id     BIGINT NOT NULL,
  draft_id      BLOB   NOT NULL,
  attachment_id BLOB   NOT NULL,
  sealed        BLOB   NOT NULL,
  PRIMARY KEY (region_id, draft_id, attachment_id)
);
)sql";

constexpr Migration steps[] = {{401, "0401_drafts", drafts}};

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

}  // namespace minhu::drafts
