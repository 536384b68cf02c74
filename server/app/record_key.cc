#include <fmt/core.h>

#include "app/commands.h"
#include "app/record_setup.h"
#include "app/terminal.h"

namespace minhu::app {

int show_record_key(const FoundationOptions& foundation) {
  const auto folder = open_data_folder(foundation.data, WhenMissing::refuse);
  if (!folder) return refuse(folder.error());
  const auto setup = read_record_setup(*folder);
  if (!setup) return refuse(setup.error());
  std::puts(fmt::format("origin {}", setup->identity.origin).c_str());
  return finish(setup->identity.verifier_key);
}

}  // namespace minhu::app
