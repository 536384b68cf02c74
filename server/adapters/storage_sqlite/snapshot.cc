#include "adapters/storage_sqlite/snapshot.h"

namespace minhu::storage_sqlite {

namespace {

constexpr std::int64_t cache_kib = 64 * 1024;

}  // namespace

Snapshot::Snapshot(const std::filesystem::path& file)
    : connection_(file, Access::read_only, cache_kib) {
  connection_.run("BEGIN");
  // The moment is that of the first read.
  connection_.query("SELECT count(*) FROM sqlite_schema", {}, [](const Row&) {});
}

void Snapshot::query(std::string_view sql, const Parameters& parameters,
                     const std::function<void(const Row&)>& each) {
  connection_.query(sql, parameters, each);
}

}  // namespace minhu::storage_sqlite
