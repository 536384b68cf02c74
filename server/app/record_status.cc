#include <fmt/core.h>

#include <fstream>

#include "adapters/record_files/record_files.h"
#include "app/commands.h"
#include "app/record_setup.h"
#include "app/terminal.h"
#include "features/record/files.h"
#include "features/record/rows.h"

namespace minhu::app {

namespace {

std::string size_in(const std::string& note_text) {
  const auto note = merkle::parse_note(note_text);
  if (!note) return "nothing";
  const auto checkpoint = merkle::parse_checkpoint(note->text);
  return checkpoint ? std::to_string(checkpoint->head.size) : "nothing";
}

// What the last server said of it; it may be running now.
std::string last_state(const DataFolder& folder) {
  std::ifstream in(record_status_file(folder));
  std::string state;
  std::getline(in, state);
  return state.empty() ? "never served" : state;
}

// While a server has the database, what it has signed is its own to say.
std::string signed_size(const FoundationOptions& options) {
  auto foundation = Foundation::open(options, WhenMissing::refuse);
  if (!foundation) return "?";
  const auto profile = (*foundation)->profile();
  if (!profile) return "?";
  const auto head = (*foundation)->database->read([&](Reading& reading) {
    return record::find_head(reading, profile->region);
  });
  return std::to_string(head ? head->tree.size : 0);
}

}  // namespace

int record_status(const FoundationOptions& foundation) {
  const auto folder = open_data_folder(foundation.data, WhenMissing::refuse);
  if (!folder) return refuse(folder.error());
  const auto setup = read_record_setup(*folder);
  if (!setup) return refuse(setup.error());
  const record_files::FolderFiles files(record_files_folder(*folder));
  const auto checkpoint = files.get(record::checkpoint_path);
  const std::string state = last_state(*folder);
  std::puts(fmt::format("origin {}", setup->identity.origin).c_str());
  std::puts(
      fmt::format("witnesses {}, quorum {}", setup->policy.witnesses.size(), setup->policy.quorum)
          .c_str());
  std::puts(fmt::format("state {}", state).c_str());
  finish(fmt::format("published {}, signed {}",
                     checkpoint ? size_in(to_text(*checkpoint)) : std::string("nothing"),
                     signed_size(foundation)));
  return state.starts_with("stopped") ? not_done : done;
}

}  // namespace minhu::app
