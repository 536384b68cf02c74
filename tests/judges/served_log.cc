// served_log write FOLDER BATCHES SECONDS — a county's log of so many batches of 25 leaves, a
// minute apart and the first at that time, as a web server serves it: FOLDER/record/…, and
// FOLDER/policy. More batches from the same time are the same log, grown.
// served_log requests FOLDER LEAVES — what a log asks of a witness that is at most three leaves
// behind: FOLDER/a/OLD-NEW for one history and FOLDER/b/OLD-NEW for another, FOLDER/roots with
// "a|b SIZE ROOT" lines, and FOLDER/log, its key.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "engines/merkle/lines.h"
#include "engines/merkle/test_served_log.h"
#include "engines/merkle/witness.h"

namespace {

using namespace minhu;
using namespace minhu::merkle;

namespace fs = std::filesystem;

void put(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

int write(const fs::path& folder, int batches, std::uint64_t seconds) {
  ServedLog log;
  log.now = seconds;
  for (int i = 0; i < batches; ++i) log.grow(25);
  for (const auto& [path, bytes] : log.tiles.files) put(folder / "record" / path, to_text(bytes));
  for (const auto& [path, text] : log.texts) put(folder / "record" / path, text);
  put(folder / "policy", log.county.policy_text());
  return 0;
}

int write_requests(const fs::path& folder, std::uint64_t leaves) {
  const TestCounty county;
  std::string roots;
  for (const std::string history : {"a", "b"}) {
    TestLog log;
    const std::uint64_t first = history == "a" ? 0 : leaves;
    log.grow(numbered_entries(first, first + leaves));
    TileReader reader(log.head(), log.fetch);
    for (std::uint64_t newer = 0; newer <= leaves; ++newer) {
      const TreeHead head{newer, root_at(reader, newer).value()};
      roots += history + " " + std::to_string(newer) + " " + format_hash(head.root) + "\n";
      for (std::uint64_t older = newer - std::min<std::uint64_t>(newer, 3); older <= newer;
           ++older) {
        put(folder / history / (std::to_string(older) + "-" + std::to_string(newer)),
            format_add_checkpoint({older, make_consistency_proof(reader, older, newer).value(),
                                   format_note(county.note(head, 0))}));
      }
    }
  }
  put(folder / "roots", roots);
  put(folder / "log", format_verifier_key(county.log.verifier()));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  minhu::start_crypto();
  const std::string verb = argc > 1 ? argv[1] : "";
  if (verb == "requests" && argc == 4) {
    return write_requests(argv[2], std::strtoull(argv[3], nullptr, 10));
  }
  if (verb == "write" && argc == 5) {
    return write(argv[2], std::atoi(argv[3]), std::strtoull(argv[4], nullptr, 10));
  }
  std::cerr << "served_log write FOLDER BATCHES SECONDS | requests FOLDER LEAVES\n";
  return 2;
}
