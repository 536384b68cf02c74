#include "features/messages/migrations.h"

namespace minhu::messages {

namespace {

// The key of a waiting message begins with the time of its next try: what is due is a range.
constexpr std::string_view messages = R"sql(
CREATE TABLE waiting_message (
  region_id   BIGINT NOT NULL,
  next_try_at BIGINT NOT NULL,
  notice_id   BLOB   NOT NULL,
  case_id     BLOB   NOT NULL,
  occasion    TEXT   NOT NULL,
  made_at     BIGINT NOT NULL,
  tries       BIGINT NOT NULL,
  PRIMARY KEY (region_id, next_try_at, notice_id)
);

CREATE TABLE given_up_message (
  region_id   BIGINT NOT NULL,
  notice_id   BLOB   NOT NULL,
  case_id     BLOB   NOT NULL,
  occasion    TEXT   NOT NULL,
  made_at     BIGINT NOT NULL,
  given_up_at BIGINT NOT NULL,
  because     TEXT   NOT NULL,
  PRIMARY KEY (region_id, notice_id)
);
)sql";

constexpr Migration steps[] = {{501, "0501_messages", messages}};

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

}  // namespace minhu::messages
