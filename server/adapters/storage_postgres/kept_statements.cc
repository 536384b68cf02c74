#include "adapters/storage_postgres/kept_statements.h"

namespace minhu::storage_postgres {

namespace {

// A NULL has no type of its own, and what the server makes of one it makes for good.
std::string key_of(const Statement& statement, const Sent& sent) {
  std::string key = statement.text;
  key.push_back('\0');
  for (int i = 0; i < sent.count(); ++i) key += std::to_string(sent.types()[i]) + ',';
  return key;
}

}  // namespace

void KeptStatements::begin_anew(bool session_is_ours) {
  session_is_ours_ = session_is_ours;
  kept_ = 0;
  all_.clear();
}

KeptStatements::Use KeptStatements::use(const Statement& statement, const Sent& sent) {
  if (!session_is_ours_ || !statement.is_of_rows) return {};
  Kept& found = all_[key_of(statement, sent)];
  if (!found.name.empty()) return {&found, false};
  if (++found.asked < often || kept_ == most) return {};
  found.name = "minhu_" + std::to_string(made_++);
  ++kept_;
  return {&found, true};
}

void KeptStatements::not_made(Kept& kept) {
  kept = {};
  --kept_;
}

}  // namespace minhu::storage_postgres
